/** The HTTP contract of a group's topics. What is said in one comes with `listMessages`. */
import type { Page } from "@hutong/api";
import type { Id, ListedTopic, Person, Topic } from "@hutong/realtime";

import { api } from "../../../app/client";

export type TopicPage = Page<ListedTopic> & { people: readonly Person[] };

const path = (id: Id) => `/api/conversations/${id}/topics`;

/** All that are open, or a page of those that are closed. */
export function listTopics(id: Id, state: "open" | "closed", cursor: string | null = null): Promise<TopicPage> {
  return api.get<TopicPage>(path(id), { state, cursor });
}

export function getTopic(id: Id, topicId: Id): Promise<ListedTopic> {
  return api.get<ListedTopic>(`${path(id)}/${topicId}`);
}

/** `seq`: the message with which it begins. */
export function openTopic(id: Id, client_id: string, name: string, seq: number | null): Promise<Topic> {
  return api.post<Topic>(path(id), { client_id, name, seq });
}

export function patchTopic(id: Id, topicId: Id, change: { name?: string; is_closed?: boolean }): Promise<Topic> {
  return api.patch<Topic>(`${path(id)}/${topicId}`, change);
}
