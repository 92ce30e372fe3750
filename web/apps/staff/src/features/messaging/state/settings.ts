/** What a person keeps for themself about conversations, in the inbox. Pure, like the inbox. */
import type { Conversation, ConversationSettings, Id } from "@hutong/realtime";

import type { InboxState } from "./inbox";

export type SettingsChange = Partial<Record<"is_muted" | "is_pinned" | "is_archived" | "is_marked_unread", boolean>> & { seen_notice_seq?: number };

type Kept = Pick<InboxState, "settings">;

export function applySettings(state: InboxState, told: readonly ConversationSettings[]): InboxState {
  const news = told.filter((it) => it.revision > (state.settings[it.conversation_id]?.revision ?? 0));
  if (news.length === 0) return state;
  return { ...state, settings: { ...state.settings, ...Object.fromEntries(news.map((it) => [it.conversation_id, it])) } };
}

export const isMuted = (state: Kept, id: Id): boolean => state.settings[id]?.is_muted ?? false;
export const isPinned = (state: Kept, id: Id): boolean => state.settings[id]?.is_pinned ?? false;
export const isMarkedUnread = (state: Kept, id: Id): boolean => state.settings[id]?.is_marked_unread ?? false;

/** The group's notice, if this person has not looked at it yet. */
export function unseenNotice(state: Kept, { id, group }: Pick<Conversation, "id" | "group">): NonNullable<Conversation["group"]>["notice"] {
  return group?.notice && group.notice.seq > (state.settings[id]?.seen_notice_seq ?? 0) ? group.notice : undefined;
}

/** It comes back by itself with whatever is said, unless it is muted. */
export function isArchived(state: Kept, { id, last_seq }: Pick<Conversation, "id" | "last_seq">): boolean {
  const known = state.settings[id];
  return known !== undefined && known.archived_seq !== null && (known.is_muted || last_seq <= known.archived_seq);
}

/** What of it asks for attention: nothing where one does not want to be disturbed. */
export function countedUnread(state: Kept, conversation: Conversation): number {
  if (isMuted(state, conversation.id) || isArchived(state, conversation)) return 0;
  return conversation.unread_count || Number(isMarkedUnread(state, conversation.id));
}
