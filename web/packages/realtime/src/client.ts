import { reconnectDelay } from "./backoff";
import { Connection, type ConnectionState } from "./connection";
import type { Ack, ErrorFrame, ServerFrame } from "./frames";
import type { RealtimeEvents, RealtimeOptions } from "./options";
import { memoryOutbox, mentionWish, type Outgoing, type SendFailure } from "./outbox";
import { Pending, type Draft } from "./pending";
import { ReadMarks } from "./reads";
import type { Id, Message } from "./types";

/** While a socket is being opened, a message waits this long for it before it goes by HTTP. */
const WAIT_FOR_SOCKET_MS = 4_000;
const TYPING_MS = 3_000;

type Handler<T> = (value: T) => void;
type Handlers = { [K in keyof RealtimeEvents]?: Handler<RealtimeEvents[K]>[] };

const socketUrl = (path: string) => new URL(path, globalThis.location?.href).href.replace(/^http/, "ws");

/** 401 is about the person and 408, 429 about the moment; every other 4xx is about the message. */
function failureOf(error: unknown): SendFailure {
  const { status = 0, code = "unreachable", message = "" } = (error ?? {}) as { status?: number; code?: string; message?: string };
  const isFinal = status >= 400 && status < 500 && status !== 401 && status !== 408 && status !== 429;
  return { code, message, retry: !isFinal };
}

/** The client of docs/protocol.md: one a page. What it is given to send is kept until acknowledged, whatever happens to the line. */
export class RealtimeClient {
  personId: Id | null = null;
  private readonly connection: Connection;
  private readonly pending: Pending;
  private readonly reads = new ReadMarks();
  private readonly handlers: Handlers = {};
  private readonly typingToldAt = new Map<Id, number>();
  private looksAt: readonly Id[] = [];
  private isActive = true;
  private retryTimer?: ReturnType<typeof setTimeout>;
  private catchUpTimer?: ReturnType<typeof setTimeout>;
  private failures = 0;
  private isPosting = false;

  constructor(private readonly options: RealtimeOptions) {
    this.pending = new Pending(options.outbox ?? memoryOutbox(), (list) => this.emit("outgoing", list));
    this.connection = new Connection({
      url: socketUrl(options.url),
      openSocket: options.openSocket ?? ((url) => new WebSocket(url)),
      onFrame: (frame) => this.take(frame),
      onState: (state) => this.emit("state", state),
      poll: options.http || options.catchUp ? () => this.poll() : undefined,
    });
  }

  get state(): ConnectionState {
    return this.connection.state;
  }

  get outgoing(): readonly Outgoing[] {
    return this.pending.list;
  }

  start(): void {
    this.connection.start();
    if (this.outgoing.length) this.flushLater(WAIT_FOR_SOCKET_MS);
  }

  stop(): void {
    clearTimeout(this.retryTimer);
    this.retryTimer = undefined;
    clearTimeout(this.catchUpTimer);
    this.catchUpTimer = undefined;
    this.connection.stop();
  }

  on<K extends keyof RealtimeEvents>(name: K, handler: Handler<RealtimeEvents[K]>): () => void {
    const handlers = this.handlers as { [N in K]?: Handler<RealtimeEvents[K]>[] };
    handlers[name] = [...(handlers[name] ?? []), handler];
    return () => {
      handlers[name] = handlers[name]?.filter((other) => other !== handler);
    };
  }

  send(draft: Draft): Outgoing {
    const message = this.pending.add(draft);
    this.dispatch(message);
    return message;
  }

  /** Try a failed one again, now. */
  retry(clientId: string): void {
    this.pending.mark(clientId, null);
    const message = this.pending.find(clientId);
    if (message) this.dispatch(message);
    this.nudge();
  }

  discard(clientId: string): void {
    this.pending.drop(clientId);
  }

  /** Send what waits for a later attempt now: over the socket, or by HTTP where there is none. */
  flush(): void {
    clearTimeout(this.retryTimer);
    this.retryTimer = undefined;
    if (this.state !== "open") return void this.post();
    // The others are in this socket already.
    for (const message of this.pending.waiting()) if (message.failure) this.tellMessage(message);
  }

  markRead(conversationId: Id, seq: number): void {
    if (!this.reads.set(conversationId, seq)) return;
    if (this.state === "open") this.tellReads();
    else if (this.state === "polling") this.postReads().catch(() => undefined); // the next round tells it
  }

  typing(conversationId: Id): void {
    const now = Date.now();
    if (now - (this.typingToldAt.get(conversationId) ?? 0) < TYPING_MS) return;
    if (this.tell({ type: "typing", conversation_id: conversationId })) this.typingToldAt.set(conversationId, now);
  }

  /** Whom this page shows now: how they are here is told as `presence`, after every welcome anew. */
  look(personIds: readonly Id[]): void {
    this.looksAt = personIds;
    this.tell({ type: "look", person_ids: personIds });
  }

  /** Whether somebody sits before this page. */
  attend(isActive: boolean): void {
    this.isActive = isActive;
    this.tell({ type: "attend", is_active: isActive });
  }

  nudge(): void {
    this.connection.nudge();
    if (this.state === "idle") this.flush();
  }

  private emit<K extends keyof RealtimeEvents>(name: K, value: RealtimeEvents[K]): void {
    for (const handler of (this.handlers as { [N in K]?: Handler<RealtimeEvents[K]>[] })[name] ?? []) handler(value);
  }

  private tell(frame: object): boolean {
    return this.connection.tell(JSON.stringify(frame), false);
  }

  private dispatch(message: Outgoing): void {
    if (this.state === "open") this.tellMessage(message);
    else if (this.state === "idle" || this.state === "polling") void this.post();
    else this.flushLater(WAIT_FOR_SOCKET_MS);
  }

  private tellMessage(message: Outgoing): void {
    const { client_id, kind, text, file_id, card, voice, location, reply_to, topic_id, without_preview } = message;
    const conversation_id = message.conversation_id ?? this.options.conversation?.();
    const mentions = mentionWish(message.mentions);
    const about = { levels: voice?.levels, card_id: card?.person_id, location, reply_to_seq: reply_to?.seq, mentions, topic_id, without_preview };
    const frame = JSON.stringify({ type: "send", client_id, conversation_id, kind, text, file_id, ...about });
    const limit = this.connection.welcome?.max_frame_bytes ?? Infinity;
    // The server closes the socket for a frame that is too large, and would again after every reconnect.
    if (frame.length * 3 > limit && new TextEncoder().encode(frame).length > limit) {
      this.pending.mark(client_id, { code: "message_too_long", message: "", retry: false });
    } else {
      this.pending.mark(client_id, null);
      this.connection.tell(frame, true);
    }
  }

  private tellReads(): void {
    this.reads.tellBy((conversation_id, seq) => this.tell({ type: "read", conversation_id, seq }));
  }

  private async postReads(): Promise<void> {
    const read = this.options.http?.read;
    if (read) await this.reads.postBy(read);
  }

  private flushLater(wait: number): void {
    this.retryTimer ??= setTimeout(() => this.flush(), wait);
  }

  /** Everything that waits, by HTTP, one at a time and in order. The same client_id over two doors is one message. */
  private async post(): Promise<void> {
    const { http } = this.options;
    if (this.isPosting || !http) return;
    this.isPosting = true;
    while (this.state !== "open" && this.state !== "signed_out") {
      const [message] = this.pending.waiting();
      if (!message) break;
      try {
        this.accept(await http.send(message));
      } catch (error) {
        const failure = failureOf(error);
        this.pending.mark(message.client_id, failure);
        if (this.signedOut(error)) break;
        if (failure.retry) {
          this.flushLater(1_000 + reconnectDelay(++this.failures));
          break;
        }
      }
    }
    this.isPosting = false;
  }

  private signedOut(error: unknown): boolean {
    if ((error as { status?: number } | null)?.status !== 401 || this.state === "idle") return false;
    this.connection.stop("signed_out");
    return true;
  }

  private async poll(): Promise<void> {
    try {
      await this.options.catchUp?.();
      await this.postReads();
    } catch (error) {
      this.signedOut(error);
      throw error;
    }
    await this.post();
  }

  private catchUp(failures = 0): void {
    clearTimeout(this.catchUpTimer);
    this.catchUpTimer = undefined;
    this.options.catchUp?.().catch((error: unknown) => {
      if (this.signedOut(error) || this.state !== "open") return;
      this.catchUpTimer = setTimeout(() => this.catchUp(failures + 1), 500 + reconnectDelay(failures + 1));
    });
  }

  private take(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        this.personId = frame.person_id;
        this.emit("welcome", frame);
        this.catchUp();
        this.reads.untell();
        this.tellReads();
        if (!this.isActive) this.attend(false);
        if (this.looksAt.length) this.look(this.looksAt);
        for (const message of this.pending.waiting()) this.tellMessage(message);
        return;
      case "ack":
        return this.acknowledge(frame);
      case "error":
        return this.refuse(frame);
      case "message":
        this.emit("message", frame.message);
        if (frame.message.sender_id === this.personId) this.discard(frame.message.client_id);
        return;
      case "message_changed":
        return this.emit("message_changed", frame.message);
      case "conversation":
        return this.emit("conversation", frame.conversation);
      case "conversation_changed":
        return this.emit("conversation_changed", frame);
      case "group":
        return this.emit("group", frame);
      case "topic":
        return this.emit("topic", frame.topic);
      case "join_requests":
        return this.emit("join_requests", frame);
      case "contact":
        return this.emit("contact", frame.contact);
      case "read":
        if (frame.person_id === this.personId) this.reads.confirm(frame.conversation_id, frame.seq);
        return this.emit("read", frame);
      case "settings":
        return this.emit("settings", frame.settings);
      case "draft":
        return this.emit("draft", frame.draft);
      case "scheduled":
        return this.emit("scheduled", frame);
      case "voice_heard":
        return this.emit("voice_heard", frame);
      case "removed":
        return this.emit("removed", frame);
      case "nudged":
        return this.emit("nudged", frame);
      case "nudge_confirmed":
        return this.emit("nudge_confirmed", frame);
      case "typing":
        return this.emit("typing", frame);
      case "presence":
        return this.emit("presence", frame);
      case "conversation_left":
        return this.emit("conversation_left", frame);
      case "channel":
        return this.emit("channel", frame);
      case "notification_settings":
        return this.emit("notification_settings", frame);
      case "look_again":
        // One that is on its way already comes soon enough.
        this.catchUpTimer ??= setTimeout(() => this.catchUp(), Math.random() * frame.within_seconds * 1_000);
        return;
    }
  }

  private acknowledge({ client_id, conversation_id, seq, sent_at }: Ack): void {
    const sent = this.pending.find(client_id);
    if (!sent || this.personId === null) return;
    const { kind, text, file, card, voice, location, reply_to, mentions, topic_id } = sent;
    const message: Message = { conversation_id, seq, sender_id: this.personId, client_id, kind, text, file, notice: null, sent_at };
    this.accept({ ...message, ...(card && { card }), ...(voice && { voice }), ...(location && { location }), ...(reply_to && { reply_to }), ...(mentions && { mentions }), ...(topic_id && { topic_id }) });
  }

  /** First into the log, then out of the outbox: between the two the echo is hidden by its client_id. */
  private accept(message: Message): void {
    this.failures = 0;
    this.emit("message", message);
    this.discard(message.client_id);
  }

  private refuse(frame: ErrorFrame): void {
    this.emit("failed", frame);
    const { client_id, code, message, retry } = frame;
    if (!client_id) return;
    this.pending.mark(client_id, { code, message, retry });
    if (retry) this.flushLater(1_000 + reconnectDelay(++this.failures));
  }
}
