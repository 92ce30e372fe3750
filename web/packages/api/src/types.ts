/**
 * What the server's HTTP contract carries, under the names the apps use. The shapes come from the server's own
 * description (generated/schema.ts, written by tools/openapi): a change there that the apps do not follow fails `tsc`.
 * Ids are opaque strings; times are RFC 3339 in UTC.
 */
import type { paths } from "./generated/schema";

type Json<R> = R extends { content: { "application/json": infer Body } } ? Body : never;
type Success<R> = Json<R[keyof R & (200 | 201)]>;

/** The server leaves no field of an answer out, although its description marks those that have a default as optional. */
type Whole<T> = T extends readonly (infer Item)[]
  ? Whole<Item>[]
  : T extends object
    ? { [K in keyof T]-?: Whole<Exclude<T[K], undefined>> }
    : T;

type Answer<Path extends keyof paths, Method extends keyof paths[Path]> = paths[Path][Method] extends { responses: infer R }
  ? Whole<Success<R>>
  : never;
type Body<Path extends keyof paths, Method extends keyof paths[Path]> = paths[Path][Method] extends {
  requestBody: { content: { "application/json": infer B } };
}
  ? B
  : never;

export type Id = string;
export type Instant = string;

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export type Company = Answer<"/api/company", "get">;
export type Me = Answer<"/api/me", "get">;
export type MyDepartment = Me["departments"][number];
export type MessageVersion = Answer<"/api/conversations/{conversation_id}/messages/{seq}/versions", "get">["items"][number];
export type NotificationSettings = Answer<"/api/me/notification-settings", "get">;
export type CarrierState = Answer<"/api/me/notification-carriers", "get">["items"][number];
export type ScheduledMessage = Answer<"/api/me/scheduled-messages", "get">["items"][number];
export type NudgeState = Answer<"/api/conversations/{conversation_id}/messages/{seq}/nudge", "get">;
export type Nudged = NudgeState["items"][number];
export type RetentionRule = Answer<"/api/retention", "get">;
export type RetentionEffect = Answer<"/api/retention/preview", "post">;
export type PushState = Answer<"/api/me/push-subscription", "get">;
export type Session = Answer<"/api/sessions", "get">["items"][number];
export type Credentials = Body<"/api/session", "post">;
export type PasswordChange = Body<"/api/me/password", "put">;
export type Invitation = Answer<"/api/invitations/{token}", "get">;
export type InvitationLink = Answer<"/api/members/{member_id}/invitation", "post">;

export type Department = Answer<"/api/departments", "get">["items"][number];
export type DepartmentWithPath = Answer<"/api/departments/{department_id}", "get">;
export type Member = Answer<"/api/members", "get">["items"][number];
export type MemberCard = Answer<"/api/members/{member_id}", "get">;
type MemberForm = Body<"/api/members", "post">;
export type NewMember = Omit<MemberForm, "is_head"> & Partial<Pick<MemberForm, "is_head">>;

export type RosterPlan = Answer<"/api/roster/preview", "post">;
export type RosterFault = RosterPlan["faults"][number];
export type RosterSamples = RosterPlan["samples"];
export type RosterImport = Answer<"/api/roster/import", "post">;

export type Person = Answer<"/api/people", "get">["items"][number];
export type StoredFile = Answer<"/api/files", "post">;
export type Conversation = Answer<"/api/conversations/{conversation_id}", "get">;
export type MessagePage = Answer<"/api/conversations/{conversation_id}/messages", "get">;
export type Message = MessagePage["items"][number];
export type MessageKind = Message["kind"];
export type Notice = NonNullable<Message["notice"]>;
export type NoticeAction = Notice["action"];
export type NewMessage = Body<"/api/conversations/{conversation_id}/messages", "post">;
export type Receipt = Answer<"/api/conversations/{conversation_id}/receipts", "get">["items"][number];
export type Reader = Answer<"/api/conversations/{conversation_id}/messages/{seq}/readers", "get">["items"][number];
export type Participant = Answer<"/api/conversations/{conversation_id}/participants", "get">["items"][number];
export type SharedPage = Answer<"/api/conversations/{conversation_id}/shared", "get">;
export type StarPage = Answer<"/api/me/stars", "get">;
export type FoundPage = Answer<"/api/search/messages", "get">;
export type FoundConversation = FoundPage["conversations"][number];
export type Sync = Answer<"/api/sync", "get">;

export type Channel = Answer<"/api/channels/{channel_id}", "get">;
export type NewChannel = Body<"/api/channels", "post">;
export type ChannelChange = Body<"/api/channels/{channel_id}", "patch">;
export type Readers = Answer<"/api/channels/{channel_id}/messages/{seq}/readers", "get">;

export type ContactWay = Answer<"/api/me/contact-way", "put">;
export type Contact = Answer<"/api/contacts", "get">["items"][number];

export type WayPage = Answer<"/api/consumer/{way}", "get">;
export type ConsumerMe = NonNullable<WayPage["me"]>;
export type RecoveryLink = Answer<"/api/consumer/{way}/recovery-link", "post">;
