/** Conversations by what is typed of their names: as written, by pinyin or by initials. Pure. */
import { folded, placeBySound, type Sounds } from "@hutong/i18n/reading";
import type { Conversation } from "@hutong/realtime";

import type { InboxState } from "./inbox";
import { markedParts, type MarkedPart } from "./marks";
import { conversationTitle, othersIn, shelvesOf } from "./selectors";

/** How near a name is to what is typed, the nearest first; null where it is not meant. */
export function nearness(name: string, typed: string, sounds: Sounds): number | null {
  const at = folded(name).indexOf(folded(typed.trim()));
  if (at >= 0) return at === 0 ? 0 : 1;
  const place = placeBySound(name, typed, sounds);
  return place && (place[0] === 0 ? 2 : 3);
}

const BY_PERSON = 4;

/** The nearest first, among equals the most recent; a conversation is also found by somebody in it. Nothing typed: all but what is archived. */
export function conversationsNamed(state: InboxState, typed: string, sounds: Sounds): readonly Conversation[] {
  const { listed, archived } = shelvesOf(state);
  if (!typed.trim()) return listed;
  const ranked = [...listed, ...archived].flatMap((conversation) => {
    const byTitle = nearness(conversationTitle(conversation, state), typed, sounds);
    const rank = byTitle ?? (personIn(conversation, state, typed, sounds) ? BY_PERSON : null);
    return rank === null ? [] : [{ conversation, rank }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map((it) => it.conversation);
}

/** Who in it is called so, by their own name. */
export function personIn(conversation: Conversation, state: Pick<InboxState, "personId">, typed: string, sounds: Sounds): string | undefined {
  return othersIn(conversation, state.personId).find((it) => nearness(it.name, typed, sounds) !== null)?.name;
}

/** The name with what made it found marked. */
export function partsNamed(name: string, typed: string, sounds: Sounds): MarkedPart[] {
  const written = markedParts(name, [folded(typed.trim())]);
  if (written.some((it) => it.isMarked)) return written;
  const [from, to] = placeBySound(name, typed, sounds) ?? [0, 0];
  const parts = [name.slice(0, from), name.slice(from, to), name.slice(to)].map((text, at) => ({ text, isMarked: at === 1 }));
  return parts.filter((it) => it.text);
}
