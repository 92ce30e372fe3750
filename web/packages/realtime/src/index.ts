/** The client of docs/protocol.md, for both apps: one socket kept open, an outbox that survives a reload, and the log of a conversation without gap or double. */
export * from "./types";
export * from "./frames";
export * from "./log";
export { newClientId } from "./ids";
export { reconnectDelay } from "./backoff";
export { memoryOutbox, mentionWish, webOutbox, type Outbox, type Outgoing, type SendFailure } from "./outbox";
export { TypingBoard } from "./typing";
export type { ConnectionState } from "./connection";
export { RealtimeClient } from "./client";
export type { RealtimeEvents, RealtimeOptions } from "./options";
export type { Draft } from "./pending";
