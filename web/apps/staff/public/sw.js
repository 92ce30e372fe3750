// The part of Hutong that the browser wakes when something is pushed and no page is open. It keeps nothing and serves no page.
const ICON = "/assets/staff/icon-192.png";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const push = event.data?.json();
  if (push) event.waitUntil(show(push));
});

async function show({ title, text, conversation_id: conversationId, seq, unread_count: unread, seen, is_urgent: isUrgent = false }) {
  const standing = await self.registration.getNotifications();
  for (const it of standing) if (seen.includes(it.tag)) it.close();
  await self.navigator.setAppBadge?.(unread).catch(() => undefined);
  // Whoever has the app before their eyes sees it there; its page sounds.
  const pages = await self.clients.matchAll({ type: "window" });
  if (pages.some((it) => it.focused)) return;
  // What is urgent stands for itself, until its reader puts it away.
  const tag = isUrgent ? `nudge ${conversationId}` : conversationId;
  // A page in the background, or an earlier attempt, may have shown the very same: it stays, and says nothing again.
  const isKnown = standing.some((it) => it.tag === tag && it.data?.seq >= seq);
  const data = { conversationId, seq };
  await self.registration.showNotification(title, { body: text, tag, icon: ICON, data, renotify: !isKnown, silent: isKnown, requireInteraction: isUrgent });
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data));
});

async function open({ conversationId, seq }) {
  const pages = await self.clients.matchAll({ type: "window" });
  const page = pages.find((it) => it.focused) ?? pages[0];
  // A page that is open is led there without being loaded anew.
  if (!page) return self.clients.openWindow(`/chats/${conversationId}/${seq}`);
  page.postMessage({ conversationId, seq });
  return page.focus();
}
