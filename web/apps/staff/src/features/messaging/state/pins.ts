/** What is put up in a conversation, as changes of messages come in. Pure. */
import type { Message, PinnedMessages } from "@hutong/realtime";

/** Whether a change of a message concerns what is put up. */
export const concernsPins = (pins: PinnedMessages, message: Message): boolean =>
  (message.revision ?? 0) > 0 && (message.pinned !== undefined || pins.items.some((it) => it.seq === message.seq));

/** One view of a message taken in; what was known of it later stays. */
export function withPin(pins: PinnedMessages, message: Message): PinnedMessages {
  const revision = message.revision ?? 0;
  const known = pins.items.find((it) => it.seq === message.seq);
  // An answer tells of everything up to its revision, also of what is not put up any more.
  if (revision <= Math.max(pins.last_revision, known?.revision ?? 0)) return pins;
  const items = pins.items.filter((it) => it !== known);
  if (message.pinned) items.push(message);
  return { ...pins, items: items.sort((a, b) => Date.parse(b.pinned!.at) - Date.parse(a.pinned!.at) || b.seq - a.seq) };
}
