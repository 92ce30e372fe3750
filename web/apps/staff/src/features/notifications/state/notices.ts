/** The notifications of the system that this page shows: one a conversation, the newest in place of the one before. */
import type { Id } from "@hutong/realtime";

export interface Notice {
  conversationId: Id;
  seq: number;
  title: string;
  text: string;
  /** It stands for itself, until its reader puts it away. */
  isUrgent?: boolean;
}

const ICON = `${import.meta.env.BASE_URL}icon-192.png`;

/** "unsupported" also over plain http, where browsers offer none. */
export type Permission = NotificationPermission | "unsupported";

export function permission(): Permission {
  return typeof Notification === "undefined" || !isSecureContext ? "unsupported" : Notification.permission;
}

export class Notices {
  private readonly shown = new Map<string, { notice: Notice; notification: Notification }>();

  constructor(private readonly onClick: (notice: Notice) => void) {}

  async show(notice: Notice): Promise<void> {
    if (permission() !== "granted") return;
    const { conversationId, seq, title, text, isUrgent = false } = notice;
    const tag = isUrgent ? `nudge ${conversationId}` : conversationId;
    // The sound is ours: one, and switchable.
    const options: NotificationOptions = { body: text, tag, icon: ICON, silent: true, requireInteraction: isUrgent, data: { conversationId, seq } };
    // Where the service worker is, it shows it: a push of the same finds it standing there, and Chrome on Android knows no other way.
    const worker = await registration();
    if (worker?.active) return worker.showNotification(title, options);
    const notification = new Notification(title, options);
    this.shown.set(tag, { notice, notification });
    notification.onclick = () => {
      notification.close();
      window.focus();
      this.onClick(notice);
    };
    notification.onclose = () => {
      if (this.shown.get(tag)?.notification === notification) this.shown.delete(tag);
    };
  }

  /** Those go whose message needs nobody any more. */
  closeWhere(isDone: (notice: Notice) => boolean): void {
    for (const [id, { notice, notification }] of this.shown) {
      if (!isDone(notice)) continue;
      this.shown.delete(id);
      notification.close();
    }
  }
}

type Shown = Pick<Notice, "conversationId" | "seq">;

const registration = async () => ("serviceWorker" in navigator ? navigator.serviceWorker.getRegistration() : undefined);

/** The same for those that the service worker showed, perhaps before this page was opened. */
export async function closePushed(isDone: (shown: Shown) => boolean): Promise<void> {
  for (const notification of (await (await registration())?.getNotifications()) ?? []) {
    const shown = notification.data as Shown | null;
    if (shown && isDone(shown)) notification.close();
  }
}

/** A click on one of those, while this page is open. */
export function onPushedClick(open: (shown: Shown) => void): () => void {
  if (!("serviceWorker" in navigator)) return () => undefined;
  const heard = ({ data }: MessageEvent<Shown>) => open(data);
  navigator.serviceWorker.addEventListener("message", heard);
  return () => navigator.serviceWorker.removeEventListener("message", heard);
}
