/** The messenger's side of the HTTP contract. */
import type { Member, MessageVersion, Page, Participant, Reader, Receipt } from "@hutong/api";
import type { BundleItem, ChangedMessages, Contact, Conversation, Id, Message, MessagePage, Outgoing, Person } from "@hutong/realtime";
import { mentionWish } from "@hutong/realtime";
import { api } from "../../../app/client";
import type { SyncAnswer } from "../state/inbox";

export type Where = { before_seq?: number; after_seq?: number; around_seq?: number; topic_id?: Id };

const PAGE_SIZE = 50;
/** On the way through a conversation: half as many waits. */
const PAGE_ON_THE_WAY = 100;

export function sync(since: string | null): Promise<SyncAnswer> {
  return api.get<SyncAnswer>("/api/sync", { since });
}

export function getConversation(id: Id): Promise<Conversation> {
  return api.get<Conversation>(`/api/conversations/${id}`);
}

export function listMessages(id: Id, where: Where): Promise<MessagePage> {
  const isOnTheWay = where.before_seq !== undefined || where.after_seq !== undefined;
  return api.get<MessagePage>(`/api/conversations/${id}/messages`, { ...where, limit: isOnTheWay ? PAGE_ON_THE_WAY : PAGE_SIZE });
}

export function postMessage(id: Id, { client_id, kind, text, file_id, card, voice, location, reply_to, mentions, topic_id, without_preview }: Outgoing): Promise<Message> {
  const said = { client_id, kind, text, reply_to_seq: reply_to?.seq, mentions: mentionWish(mentions), topic_id, without_preview };
  const body = kind === "text" ? said : { client_id, kind, file_id, levels: voice?.levels, card_id: card?.person_id, location, topic_id };
  return api.post<Message>(`/api/conversations/${id}/messages`, body);
}

/** What happened to messages after a revision of the conversation. */
export function listChangedMessages(id: Id, after_revision: number): Promise<ChangedMessages> {
  return api.get<ChangedMessages>(`/api/conversations/${id}/changed-messages`, { after_revision, limit: 200 });
}

export function patchMessage(id: Id, seq: number, text: string): Promise<Message> {
  return api.patch<Message>(messagePath(id, seq), { text });
}

export function recallMessage(id: Id, seq: number): Promise<Message> {
  return api.post<Message>(`${messagePath(id, seq)}/recall`);
}

export function putReaction(id: Id, seq: number, emoji: string): Promise<Message> {
  return api.put<Message>(`${messagePath(id, seq)}/reactions/${encodeURIComponent(emoji)}`);
}

export function deleteReaction(id: Id, seq: number, emoji: string): Promise<Message> {
  return api.delete<Message>(`${messagePath(id, seq)}/reactions/${encodeURIComponent(emoji)}`);
}

export async function listVersions(id: Id, seq: number): Promise<readonly MessageVersion[]> {
  const { items } = await api.get<{ items: MessageVersion[] }>(`${messagePath(id, seq)}/versions`);
  return items;
}

const messagePath = (id: Id, seq: number) => `/api/conversations/${id}/messages/${seq}`;

export function putRead(id: Id, seq: number): Promise<void> {
  return api.put(`/api/conversations/${id}/read`, { seq });
}

/** How many have read one's own messages between two places, both included. */
export async function listReceipts(id: Id, from_seq: number, to_seq: number): Promise<readonly Receipt[]> {
  const { items } = await api.get<{ items: Receipt[] }>(`/api/conversations/${id}/receipts`, { from_seq, to_seq });
  return items;
}

export type ReaderPage = Page<Reader> & Pick<Receipt, "read_count" | "unread_count">;

export function listReaders(id: Id, seq: number, state: "read" | "unread", cursor: string | null): Promise<ReaderPage> {
  return api.get<ReaderPage>(`/api/conversations/${id}/messages/${seq}/readers`, { state, limit: 50, cursor });
}

export interface ForwardWish {
  client_id: string;
  seqs: readonly number[];
  to: readonly Id[];
  way: "each" | "merged";
  comment: string;
}

export function postForward(id: Id, wish: ForwardWish): Promise<{ items: { conversation_id: Id; seq: number }[] }> {
  return api.post(`/api/conversations/${id}/forwards`, wish);
}

/** What was forwarded as one. */
export async function listBundle(id: Id, bundleId: Id): Promise<readonly BundleItem[]> {
  const { items } = await api.get<{ items: BundleItem[] }>(`/api/conversations/${id}/bundles/${bundleId}`);
  return items;
}

/** Colleagues in it to call on, by what is typed of a name; before that, who spoke last. */
export async function listMentionable(id: Id, q: string): Promise<readonly Member[]> {
  const { items } = await api.get<{ items: Member[] }>(`/api/conversations/${id}/mentionable`, { q, limit: 20 });
  return items;
}

export async function listPeople(ids: readonly Id[]): Promise<readonly Person[]> {
  const { items } = await api.get<{ items: Person[] }>("/api/people", { ids: ids.join(",") });
  return items;
}

export function openDirect(personId: Id): Promise<Conversation> {
  return api.post<Conversation>("/api/conversations", { kind: "direct", person_id: personId });
}

export function createGroup(clientId: string, name: string | null, personIds: readonly Id[]): Promise<Conversation> {
  return api.post<Conversation>("/api/conversations", { kind: "group", client_id: clientId, name, person_ids: personIds });
}

export function renameGroup(id: Id, name: string): Promise<Conversation> {
  return api.patch<Conversation>(`/api/conversations/${id}`, { name });
}

export function putOwner(id: Id, personId: Id): Promise<void> {
  return api.put(`/api/conversations/${id}/owner`, { person_id: personId });
}

export function listParticipants(id: Id, cursor: string | null): Promise<Page<Participant>> {
  return api.get<Page<Participant>>(`/api/conversations/${id}/participants`, { limit: 50, cursor });
}

/** Oneself: leave. */
export function removePerson(id: Id, personId: Id): Promise<void> {
  return api.delete(`/api/conversations/${id}/participants/${personId}`);
}

/** My customers, those who wrote last first. */
export function listContacts(cursor: string | null): Promise<Page<Contact>> {
  return api.get<Page<Contact>>("/api/contacts", { limit: 200, cursor });
}

/** What I call a customer; an empty remark is none. */
export function patchRemark(personId: Id, remark: string): Promise<Contact> {
  return api.patch<Contact>(`/api/contacts/${personId}`, { remark });
}

export function fileUrl(conversationId: Id, fileId: Id): string {
  return `/api/conversations/${conversationId}/files/${fileId}`;
}

export function thumbnailUrl(conversationId: Id, fileId: Id): string {
  return `${fileUrl(conversationId, fileId)}/thumbnail`;
}
