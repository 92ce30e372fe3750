import type { Id, Message } from "@hutong/realtime";
import { VoicePlayer } from "@hutong/ui/voice";
import { useEffect, useSyncExternalStore } from "react";

import { fileUrl } from "../api/messaging";
import type { Messenger } from "../state/messenger";
import { useMessenger } from "./useMessenger";

export interface Hearing {
  isUnheard: boolean;
  /** It begins to play. */
  onPlay: () => void;
}

/** Whether somebody's spoken message was listened to. Of several that were not, one leads on to the next. `seq` null: nobody need listen to it. */
export function useHearing(conversationId: Id, seq: number | null): Hearing {
  const messenger = useMessenger();
  const { heard } = messenger.keeping;
  const isUnheard = useSyncExternalStore(heard.subscribe, () => seq !== null && heard.isUnheard(conversationId, seq));
  useEffect(() => {
    if (seq !== null) heard.want(conversationId, seq);
  }, [heard, conversationId, seq]);
  const onPlay = () => {
    if (isUnheard && seq !== null) hear(messenger, conversationId, seq);
  };
  return { isUnheard, onPlay };
}

function hear(messenger: Messenger, id: Id, seq: number): void {
  messenger.keeping.heard.hear(id, seq);
  const message = messenger.store.getState().threads[id]?.log.items.find((it) => it.seq === seq);
  if (!message) return;
  playerOf(id, message).next = () => {
    const next = nextUnheard(messenger, id, seq);
    if (!next) return;
    hear(messenger, id, next.seq);
    playerOf(id, next).toggle();
  };
}

function playerOf(id: Id, { file, voice }: Message): VoicePlayer {
  return VoicePlayer.of(fileUrl(id, file?.id ?? ""), voice?.duration_ms ?? 0);
}

function nextUnheard(messenger: Messenger, id: Id, after: number): Message | undefined {
  const { heard } = messenger.keeping;
  const items = messenger.store.getState().threads[id]?.log.items ?? [];
  return items.find((it) => it.seq > after && it.kind === "voice" && !it.recalled_at && heard.isUnheard(id, it.seq));
}
