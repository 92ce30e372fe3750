/** How groups govern themselves, in the inbox. Pure, like the inbox. */
import type { Conversation, Group, GroupFrame, Id } from "@hutong/realtime";

import type { InboxState } from "./inbox";

export const AS_BEGUN: Group = { revision: 0, deputy_ids: [], who_invites: "everybody", who_mentions_all: "everybody", who_edits: "everybody", who_pins: "everybody" };

export const groupOf = (conversation: Pick<Conversation, "group">): Group => conversation.group ?? AS_BEGUN;

export function applyGroup(state: InboxState, { conversation_id: id, group }: GroupFrame): InboxState {
  const known = state.conversations[id];
  if (!known || group.revision <= groupOf(known).revision) return state;
  return { ...state, conversations: { ...state.conversations, [id]: { ...known, group } } };
}

/** Of two views the one that knows more. */
export const laterGroup = (known: Group | undefined, told: Group | undefined): Group | undefined =>
  (known?.revision ?? 0) > (told?.revision ?? 0) ? known : told;

type Governed = Pick<Conversation, "kind" | "owner_id" | "group">;

/** Its owner, or a deputy. */
export function isManager(conversation: Governed, personId: Id): boolean {
  return conversation.kind === "group" && (conversation.owner_id === personId || groupOf(conversation).deputy_ids.includes(personId));
}

/** More than these, and only managers call on everybody. */
const MENTION_ALL_FREE = 100;

export function mayMentionAll(conversation: Governed & Pick<Conversation, "participant_count">, personId: Id): boolean {
  if (isManager(conversation, personId)) return true;
  return conversation.kind === "group" && groupOf(conversation).who_mentions_all === "everybody" && conversation.participant_count <= MENTION_ALL_FREE;
}

export const mayEditGroup = (conversation: Governed, personId: Id): boolean =>
  isManager(conversation, personId) || groupOf(conversation).who_edits === "everybody";

/** Everybody where two talk; not where a customer sees it. */
export function mayPin(conversation: Governed & Pick<Conversation, "can_publish">, personId: Id): boolean {
  if (conversation.kind === "group") return isManager(conversation, personId) || groupOf(conversation).who_pins === "everybody";
  return conversation.kind !== "customer" && conversation.can_publish;
}

/** At once, by asking its managers, or not at all. */
export function howInvites(conversation: Governed, personId: Id): "at_once" | "asks" | "never" {
  const { who_invites } = groupOf(conversation);
  if (who_invites === "everybody" || isManager(conversation, personId)) return "at_once";
  return who_invites === "approval" ? "asks" : "never";
}

const managedCache = new WeakMap<InboxState["conversations"], string>();

/** The groups that this person manages, as one value: who becomes a manager has something to ask for. */
export function managedGroups({ conversations, personId }: InboxState): string {
  const known = managedCache.get(conversations);
  if (known !== undefined) return known;
  const managed = Object.values(conversations).filter((it) => isManager(it, personId));
  const value = managed.map((it) => it.id).sort().join(" ");
  managedCache.set(conversations, value);
  return value;
}
