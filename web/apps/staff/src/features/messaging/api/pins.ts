/** The HTTP contract of what is put up for all in a conversation. */
import type { Id, Message, PinnedMessages } from "@hutong/realtime";

import { api } from "../../../app/client";

export function listPins(id: Id): Promise<PinnedMessages> {
  return api.get<PinnedMessages>(`/api/conversations/${id}/pins`);
}

export function putPin(id: Id, seq: number): Promise<Message> {
  return api.put<Message>(`/api/conversations/${id}/messages/${seq}/pin`);
}

export function deletePin(id: Id, seq: number): Promise<Message> {
  return api.delete<Message>(`/api/conversations/${id}/messages/${seq}/pin`);
}
