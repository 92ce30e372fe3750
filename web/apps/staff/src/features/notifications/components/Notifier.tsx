import type { Id, Message, NudgedFrame } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import { useMe } from "../../../app/session";
import { callsOn, conversationTitle, listNudges, personName, useMessenger, usePreviewText } from "../../messaging";
import { settingsQuery } from "../api/notifications";
import { useBadges } from "../hooks/useBadges";
import { startPush } from "../hooks/usePush";
import { useNotificationSettings } from "../hooks/useSettings";
import { isQuiet, wantsToHear } from "../state/hearing";
import { closePushed, Notices, onPushedClick, type Notice } from "../state/notices";
import { playSound } from "../state/sound";
import { Tabs } from "../state/tabs";

/** So long somebody who is looking, in another tab or on another device, has to be seen reading it. */
const SETTLE_MS = 700;
const LONGEST_TEXT = 120;
/** What was read while this page was away is known so long after it is back. */
const CAUGHT_UP_MS = 3_000;

/** Once in the signed-in app: says that something was said to whoever is not looking. */
export function Notifier() {
  const { id: personId } = useMe();
  const messenger = useMessenger();
  const cache = useQueryClient();
  const noticeOf = useNoticeOf();
  const { conversationId } = useParams({ strict: false });
  const navigate = useNavigate();
  useBadges();
  // Kept up to date from here on.
  useNotificationSettings();

  // What was said waits a moment; what holds then is what counts.
  const now = useRef({ noticeOf, conversationId, navigate });
  useEffect(() => {
    now.current = { noticeOf, conversationId, navigate };
  });

  useEffect(() => {
    const tabs = new Tabs(personId);
    const open = ({ conversationId, seq }: Pick<Notice, "conversationId" | "seq">) => {
      void now.current.navigate({ to: "/chats/$conversationId/$seq", params: { conversationId, seq: `${seq}` } });
    };
    const notices = new Notices(open);
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const later = (run: () => void, wait: number) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        run();
      }, wait);
      timers.add(timer);
    };
    // The push service may be out of reach: the page itself tells what it can.
    void startPush(cache, personId).catch(() => undefined);
    const speak = async (message: Message) => {
      const watching = tabs.ask(keyOf(message));
      if (!watching || watching.isOpen) return;
      const settings = await cache.ensureQueryData(settingsQuery);
      if (isQuiet(settings.quiet_hours, new Date()) || !wantsToHear(messenger.store.getState(), message)) return;
      // First what is to be seen: a sound that cannot be made must not keep it back.
      const shown = watching.isSeen ? null : notices.show(now.current.noticeOf(message, settings.shows_text));
      if (settings.has_sound) playSound();
      await shown;
    };
    // Through mute and quiet hours: that is what it is for. Where it is before somebody's eyes, the strip shows it.
    const ring = async (id: Id, seq: number) => {
      const watching = tabs.ask(`nudge ${id}/${seq}`);
      if (!watching) return;
      playSound();
      if (watching.isSeen) return;
      const [settings, { items }] = await Promise.all([cache.ensureQueryData(settingsQuery), listNudges()]);
      const message = items.find((it) => it.conversation_id === id && it.seq === seq);
      if (message) await notices.show({ ...now.current.noticeOf(message, settings.shows_text), isUrgent: true });
    };
    const hearNudge = ({ conversation_id: id, seq }: NudgedFrame) => {
      tabs.tell(`nudge ${id}/${seq}`, { isSeen: document.visibilityState === "visible" && document.hasFocus(), isOpen: false });
      later(() => void ring(id, seq).catch(() => undefined), SETTLE_MS);
    };
    const hear = (message: Message) => {
      const isSeen = document.visibilityState === "visible" && document.hasFocus();
      tabs.tell(keyOf(message), { isSeen, isOpen: isSeen && now.current.conversationId === message.conversation_id });
      // Without the settings (the server is away just now) silence is the safer half.
      later(() => void speak(message).catch(() => undefined), SETTLE_MS);
    };
    const isRead = ({ conversationId, seq }: Pick<Notice, "conversationId" | "seq">) => {
      const { conversations, isSynced } = messenger.store.getState();
      return (conversations[conversationId]?.read_seq ?? (isSynced ? seq : 0)) >= seq;
    };
    const withdraw = ({ conversation_id, seq, recalled_at }: Message) => {
      if (!recalled_at) return;
      const isThis = (it: Pick<Notice, "conversationId" | "seq">) => it.conversationId === conversation_id && it.seq === seq;
      notices.closeWhere(isThis);
      void closePushed(isThis).catch(() => undefined);
    };
    const closeAllRead = () => void closePushed(isRead).catch(() => undefined);
    const offs = [
      messenger.client.on("message", hear),
      messenger.client.on("nudged", hearNudge),
      messenger.client.on("nudge_confirmed", ({ conversation_id, seq }) => void closePushed((it) => it.conversationId === conversation_id && it.seq === seq).catch(() => undefined)),
      messenger.client.on("message_changed", withdraw),
      messenger.client.on("read", (frame) => (frame.person_id === personId ? closeAllRead() : undefined)),
      messenger.client.on("welcome", () => later(closeAllRead, CAUGHT_UP_MS)),
      messenger.store.subscribe(() => notices.closeWhere(isRead)),
      onPushedClick(open),
    ];
    return () => {
      offs.forEach((off) => off());
      timers.forEach(clearTimeout);
      tabs.stop();
      notices.closeWhere(() => true);
      // Whoever signs in next has no business with what stands there.
      void closePushed(() => true).catch(() => undefined);
    };
  }, [cache, messenger, personId]);
  return null;
}

const keyOf = ({ conversation_id, seq }: Message) => `${conversation_id}/${seq}`;

/** A message as a notification says it. */
function useNoticeOf(): (message: Message, showsText: boolean) => Notice {
  const { t } = useLingui();
  const messenger = useMessenger();
  const previewText = usePreviewText();
  return (message, showsText) => {
    const state = messenger.store.getState();
    const conversation = state.conversations[message.conversation_id];
    const name = personName(state, message.sender_id);
    const isBetweenTwo = conversation?.kind === "direct" || conversation?.kind === "customer";
    const called = callsOn(message, state.personId) ? t`[有人@我]` : "";
    const words = showsText ? previewText(message).slice(0, LONGEST_TEXT) : t`发来一条消息`;
    const text = [called, isBetweenTwo || !name ? words : t`${name}：${words}`].filter(Boolean).join(" ");
    const title = (conversation && conversationTitle(conversation, state)) || name || t`新消息`;
    return { conversationId: message.conversation_id, seq: message.seq, title, text };
  };
}
