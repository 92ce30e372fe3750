/** Being called on: which messages do, and until when a conversation says so. */
import type { Conversation, Id, Mentions, Message } from "@hutong/realtime";

export function callsOn({ sender_id, mentions }: Pick<Message, "sender_id" | "mentions">, personId: Id): boolean {
  if (!mentions || sender_id === personId) return false;
  return mentions.everybody || mentions.people.some((it) => it.id === personId);
}

/** What calls on this person at `seq` counts until it is read. */
export function withMention(conversation: Conversation, seq: number): Conversation {
  const { mention_seq: known = 0, ...rest } = conversation;
  const kept = seq > conversation.read_seq ? seq : 0;
  if (kept === known) return conversation;
  return kept > 0 ? { ...rest, mention_seq: kept } : rest;
}

/** Whom a text calls on, of those that were picked while it was written: their names must still stand in it. */
export function mentionsIn(text: string, picked: Mentions | undefined, everybody: string): Mentions | undefined {
  if (!picked) return undefined;
  const people = picked.people.filter((it) => text.includes(`@${it.name}`));
  const all = picked.everybody && text.includes(`@${everybody}`);
  return all || people.length > 0 ? { everybody: all, people } : undefined;
}

export interface CalledPart {
  text: string;
  /** Null: words that call on nobody. */
  calls: "me" | "other" | null;
}

/** The places where a text calls on somebody. Longer names first: 张伟 is not found in @张伟国. */
export function calledParts(text: string, mentions: Mentions | null, personId: Id): CalledPart[] {
  const names = new Map<string, "me" | "other">();
  if (mentions?.everybody) for (const name of ["所有人", "everyone"]) names.set(name, "me");
  for (const { id, name } of mentions?.people ?? []) names.set(name, id === personId || names.get(name) === "me" ? "me" : "other");
  if (names.size === 0) return [{ text, calls: null }];
  const longestFirst = [...names.keys()].sort((a, b) => b.length - a.length);
  const parts: CalledPart[] = [];
  let from = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const name = longestFirst.find((it) => text.startsWith(it, at + 1));
    if (name === undefined) continue;
    if (at > from) parts.push({ text: text.slice(from, at), calls: null });
    parts.push({ text: `@${name}`, calls: names.get(name)! });
    from = at + 1 + name.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), calls: null });
  return parts;
}
