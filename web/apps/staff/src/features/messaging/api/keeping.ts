/** The HTTP contract of what a person keeps for themself. */
import type { StarPage as StarPageOfServer } from "@hutong/api";
import type { ConversationSettings, DraftWish, Id, KeptDraft, Message } from "@hutong/realtime";

import { api } from "../../../app/client";
import type { SettingsChange } from "../state/settings";

export function patchSettings(id: Id, change: SettingsChange): Promise<ConversationSettings> {
  return api.patch<ConversationSettings>(`/api/conversations/${id}/settings`, change);
}

/** The draft that holds now: this one, or one that was typed later elsewhere. */
export function putDraft(id: Id, wish: DraftWish): Promise<KeptDraft> {
  return api.put<KeptDraft>(`/api/conversations/${id}/draft`, wish);
}

/** Of these spoken messages, those that one has listened to. */
export async function listHeardVoices(id: Id, seqs: readonly number[]): Promise<readonly number[]> {
  return (await api.get<{ seqs: number[] }>(`/api/conversations/${id}/heard-voices`, { seqs: seqs.join() })).seqs;
}

export function putHeard(id: Id, seq: number): Promise<void> {
  return api.put<void>(`/api/conversations/${id}/messages/${seq}/heard`);
}

export type StarPage = Omit<StarPageOfServer, "items"> & { items: Message[] };

export function putStar(id: Id, seq: number): Promise<void> {
  return api.put<void>(`/api/conversations/${id}/messages/${seq}/star`);
}

export function deleteStar(id: Id, seq: number): Promise<void> {
  return api.delete<void>(`/api/conversations/${id}/messages/${seq}/star`);
}

/** The newest star first. */
export function listStars(cursor: string | null, signal: AbortSignal): Promise<StarPage> {
  return api.get<StarPage>("/api/me/stars", { cursor, limit: 30 }, signal);
}
