import type { Message } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import { useMe } from "../../../app/session";
import { callsOn, conversationTitle, personName, useMessenger, usePreviewText } from "../../messaging";
import { settingsQuery } from "../api/notifications";
import { useBadges } from "../hooks/useBadges";
import { useNotificationSettings } from "../hooks/useSettings";
import { isQuiet, wantsToHear } from "../state/hearing";
import { Notices, type Notice } from "../state/notices";
import { playSound } from "../state/sound";
import { Tabs } from "../state/tabs";

/** So long somebody who is looking, in another tab or on another device, has to be seen reading it. */
const SETTLE_MS = 700;
const LONGEST_TEXT = 120;

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
    const notices = new Notices(({ conversationId, seq }) => {
      void now.current.navigate({ to: "/chats/$conversationId/$seq", params: { conversationId, seq: `${seq}` } });
    });
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const speak = async (message: Message) => {
      const watching = tabs.ask(keyOf(message));
      if (!watching || watching.isOpen) return;
      const settings = await cache.ensureQueryData(settingsQuery);
      if (isQuiet(settings.quiet_hours, new Date()) || !wantsToHear(messenger.store.getState(), message)) return;
      if (settings.has_sound) playSound();
      if (!watching.isSeen) notices.show(now.current.noticeOf(message, settings.shows_text));
    };
    const hear = (message: Message) => {
      const isSeen = document.visibilityState === "visible" && document.hasFocus();
      tabs.tell(keyOf(message), { isSeen, isOpen: isSeen && now.current.conversationId === message.conversation_id });
      const timer = setTimeout(() => {
        timers.delete(timer);
        // Without the settings (the server is away just now) silence is the safer half.
        void speak(message).catch(() => undefined);
      }, SETTLE_MS);
      timers.add(timer);
    };
    const closeRead = () => {
      const { conversations, isSynced } = messenger.store.getState();
      const isRead = ({ conversationId, seq }: Notice) => (conversations[conversationId]?.read_seq ?? (isSynced ? seq : 0)) >= seq;
      notices.closeWhere(isRead);
    };
    const offs = [messenger.client.on("message", hear), messenger.store.subscribe(closeRead)];
    return () => {
      offs.forEach((off) => off());
      timers.forEach(clearTimeout);
      tabs.stop();
      notices.closeWhere(() => true);
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
