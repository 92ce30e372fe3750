/** The HTTP contract of urgent nudges. */
import type { FoundConversation, NudgeState } from "@hutong/api";
import type { Id, Message, Person } from "@hutong/realtime";

import { api } from "../../../app/client";

export interface WaitingNudges {
  items: readonly Message[];
  conversations: readonly FoundConversation[];
  people: readonly Person[];
}

/** These, or (null) everybody who has not read it. */
export function postNudge(id: Id, seq: number, personIds: readonly Id[] | null): Promise<Message> {
  return api.post<Message>(`/api/conversations/${id}/messages/${seq}/nudge`, { person_ids: personIds });
}

export function getNudge(id: Id, seq: number): Promise<NudgeState> {
  return api.get<NudgeState>(`/api/conversations/${id}/messages/${seq}/nudge`);
}

export function confirmNudge(id: Id, seq: number): Promise<void> {
  return api.post<void>(`/api/conversations/${id}/messages/${seq}/nudge/confirmation`);
}

/** What waits for one's own confirmation, the latest first. */
export function listNudges(): Promise<WaitingNudges> {
  return api.get<WaitingNudges>("/api/me/nudges");
}
