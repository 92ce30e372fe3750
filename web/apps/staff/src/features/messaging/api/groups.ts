/** The HTTP contract of how groups govern themselves. */
import type { Conversation, Group, GroupNotice, Id, JoinRequest } from "@hutong/realtime";

import { api } from "../../../app/client";

export type GroupChange = Partial<Pick<Group, "who_invites" | "who_mentions_all" | "who_edits" | "who_pins">>;

/** How many joined, and how many wait for a manager. */
export interface Invited {
  joined_count: number;
  waiting_count: number;
}

export function invitePeople(id: Id, personIds: readonly Id[]): Promise<Invited> {
  return api.post<Invited>(`/api/conversations/${id}/participants`, { person_ids: personIds });
}

export function patchGroup(id: Id, change: GroupChange): Promise<Conversation> {
  return api.patch<Conversation>(`/api/conversations/${id}/group`, change);
}

export function putDeputy(id: Id, personId: Id): Promise<void> {
  return api.put(`/api/conversations/${id}/deputies/${personId}`);
}

export function deleteDeputy(id: Id, personId: Id): Promise<void> {
  return api.delete(`/api/conversations/${id}/deputies/${personId}`);
}

export function getNotice(id: Id): Promise<GroupNotice> {
  return api.get<GroupNotice>(`/api/conversations/${id}/notice`);
}

/** An empty text removes it; with `callsEverybody` it is said to everybody, too. */
export function putNotice(id: Id, text: string, callsEverybody: boolean): Promise<Conversation> {
  return api.put<Conversation>(`/api/conversations/${id}/notice`, { text, calls_everybody: callsEverybody });
}

/** Who waits for me to let them in, in all groups that I manage. */
export async function listJoinRequests(): Promise<readonly JoinRequest[]> {
  const { items } = await api.get<{ items: JoinRequest[] }>("/api/join-requests");
  return items;
}

/** The requests as they stand: the first decision holds. */
export async function decideJoin(id: Id, requestIds: readonly Id[], isAccepted: boolean): Promise<readonly JoinRequest[]> {
  const { items } = await api.post<{ items: JoinRequest[] }>(`/api/conversations/${id}/join-decisions`, { request_ids: requestIds, is_accepted: isAccepted });
  return items;
}
