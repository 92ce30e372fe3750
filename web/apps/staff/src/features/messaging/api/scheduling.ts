/** The HTTP contract of what is said later. */
import type { ScheduledMessage } from "@hutong/api";
import type { Id, Mentions, Message } from "@hutong/realtime";

import { api } from "../../../app/client";

export interface ScheduleWish {
  client_id: string;
  text: string;
  send_at: string;
  reply_to_seq: number | null;
  mentions: Mentions | null;
}

export interface ScheduleChange {
  text?: string;
  mentions?: Mentions | null;
  send_at?: string;
}

export function postScheduled(id: Id, wish: ScheduleWish): Promise<ScheduledMessage> {
  return api.post<ScheduledMessage>(`/api/conversations/${id}/scheduled-messages`, wish);
}

/** All of one's own, the next one first. */
export async function listScheduled(): Promise<readonly ScheduledMessage[]> {
  return (await api.get<{ items: ScheduledMessage[] }>("/api/me/scheduled-messages")).items;
}

export function patchScheduled(id: Id, change: ScheduleChange): Promise<ScheduledMessage> {
  return api.patch<ScheduledMessage>(`/api/me/scheduled-messages/${id}`, change);
}

export function deleteScheduled(id: Id): Promise<void> {
  return api.delete<void>(`/api/me/scheduled-messages/${id}`);
}

export function sendScheduled(id: Id): Promise<Message> {
  return api.post<Message>(`/api/me/scheduled-messages/${id}/send`);
}
