// @vitest-environment jsdom
import type { Conversation, Message, MessagePage, Person } from "@hutong/realtime";
import { afterEach, describe, expect, it } from "vitest";

import { Messenger, type MessagingApi } from "./messenger";

const lin: Person = { id: "1", kind: "member", name: "林晓", avatar_url: null, is_active: true };
const zhao: Person = { id: "2", kind: "member", name: "赵磊", avatar_url: null, is_active: true };

function message(seq: number, sender = zhao.id): Message {
  return {
    conversation_id: "c1", seq, sender_id: sender, client_id: `k${seq}`, kind: "text", text: `第 ${seq} 句`, file: null, notice: null,
    sent_at: new Date(Date.UTC(2026, 10, 24, 1, seq)).toISOString(),
  };
}

/** What the server has, answered as the contract says; the socket says only what the test lets it say. */
class FakeServer {
  log: Message[] = [];
  asked: string[] = [];
  socket: FakeSocket | null = null;
  read = 0;

  say(count: number): void {
    for (let at = 0; at < count; at += 1) this.log.push(message(this.log.length + 1));
  }

  get conversation(): Conversation {
    return {
      id: "c1", kind: "direct", name: null, is_external: false, owner_id: null, participant_count: 2, people: [lin, zhao], last_seq: this.log.length,
      last_revision: 0, read_seq: this.read, unread_count: this.log.length - this.read, peer_read_seq: 0, last_message: this.log[this.log.length - 1] ?? null,
      last_active_at: this.log[this.log.length - 1]?.sent_at ?? "2026-11-24T01:00:00Z", has_left: false,
    can_publish: true,
    };
  }

  readonly api: MessagingApi = {
    sync: (since) => {
      const token = `t${this.asked.push(`sync ${since}`)}`;
      return Promise.resolve({ token, is_full: since === null, conversations: [this.conversation], settings: [], drafts: [], limits: { recall_minutes: 2, edit_minutes: 1440 } });
    },
    getConversation: () => Promise.resolve(this.conversation),
    listMessages: (_id, where) => {
      this.asked.push(JSON.stringify(where));
      if (where.before_seq !== undefined) return Promise.resolve(this.page(Math.max(0, where.before_seq - 51), where.before_seq - 1));
      return Promise.resolve(this.page(where.after_seq ?? Math.max(0, this.log.length - 50)));
    },
    listChangedMessages: () => Promise.resolve({ items: [], has_newer: false, last_revision: 0 }),
    postMessage: () => Promise.resolve(message(1)),
    patchMessage: (_id, seq, text) => Promise.resolve({ ...message(seq), text }),
    recallMessage: (_id, seq) => Promise.resolve(message(seq)),
    putReaction: (_id, seq) => Promise.resolve(message(seq)),
    deleteReaction: (_id, seq) => Promise.resolve(message(seq)),
    putPin: (_id, seq) => Promise.resolve(message(seq)),
    deletePin: (_id, seq) => Promise.resolve(message(seq)),
    putRead: () => Promise.resolve(),
    listReceipts: () => Promise.resolve([]),
    listPeople: () => Promise.resolve([lin, zhao]),
    listContacts: () => Promise.resolve({ items: [], next_cursor: null }),
    putDraft: () => Promise.reject(new Error("not asked for here")),
    listHeardVoices: () => Promise.resolve([]),
    putHeard: () => Promise.resolve(),
    patchSettings: () => Promise.reject(new Error("not asked for here")),
    deletePreview: (_id, seq) => Promise.resolve(message(seq)),
    getTopic: () => Promise.reject(new Error("not asked for")),
    patchRemark: () => Promise.reject(new Error("not asked for here")),
  };

  private page(after: number, until = after + 50): MessagePage {
    const items = this.log.slice(after, until);
    return { items, people: [lin, zhao], has_older: after > 0, has_newer: after + items.length < this.log.length, last_revision: 0 };
  }

  connect = (): WebSocket => {
    this.socket = new FakeSocket();
    return this.socket as unknown as WebSocket;
  };

  frame(frame: object): void {
    this.socket?.receive(JSON.stringify(frame));
  }

  welcome(): void {
    this.socket?.open();
    this.frame({ type: "welcome", person_id: lin.id, session_id: "s", server_time: "2026-11-24T01:00:00Z", heartbeat_seconds: 25, max_frame_bytes: 65536 });
  }
}

class FakeSocket extends EventTarget {
  readyState = 0;
  sent: string[] = [];
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;

  open(): void {
    this.readyState = 1;
    this.tell("open", new Event("open"));
  }

  receive(data: string): void {
    this.tell("message", new MessageEvent("message", { data }));
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.readyState = 3;
  }

  private tell(name: "open" | "message", event: Event): void {
    this.dispatchEvent(event);
    (this[`on${name}`] as ((event: Event) => void) | null)?.(event);
  }
}

const nothingToUpload = () => ({ done: Promise.reject(new Error("not asked for here")), cancel: () => undefined });
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
let running: Messenger | null = null;

async function begin(server: FakeServer): Promise<Messenger> {
  localStorage.clear();
  running = new Messenger(lin.id, server.api, nothingToUpload, server.connect);
  running.start();
  server.welcome();
  await settled();
  return running;
}

const seqs = (messenger: Messenger) => messenger.store.getState().threads["c1"]?.log.items.map((it) => it.seq) ?? [];
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

describe("the messenger", () => {
  afterEach(() => running?.stop());

  it("what was read on another device while the first answer was on its way is read", async () => {
    const server = new FakeServer();
    server.say(3);
    running = new Messenger(lin.id, server.api, nothingToUpload, server.connect);
    running.start();
    server.welcome();
    // The answer of before is under way already.
    server.frame({ type: "read", conversation_id: "c1", person_id: lin.id, seq: 3 });
    server.frame({ type: "read", conversation_id: "c9", person_id: lin.id, seq: 3 });
    await settled();
    expect(running.store.getState().conversations["c1"]).toMatchObject({ read_seq: 3, unread_count: 0 });
    expect(running.store.getState().conversations["c9"]).toBeUndefined();
  });

  it("catches up after every welcome, from the token it has", async () => {
    const server = new FakeServer();
    server.say(3);
    const messenger = await begin(server);
    server.welcome();
    await settled();
    expect(server.asked.filter((it) => it.startsWith("sync"))).toEqual(["sync null", "sync t1"]);
    expect(messenger.store.getState().conversations["c1"]).toMatchObject({ last_seq: 3, unread_count: 3 });
  });

  it("fetches the hole before a message that came ahead", async () => {
    const server = new FakeServer();
    server.say(3);
    const messenger = await begin(server);
    await messenger.open("c1");
    server.say(3);
    server.frame({ type: "message", message: message(6) });
    await settled();
    expect(server.asked.at(-1)).toBe('{"after_seq":3}');
    expect(seqs(messenger)).toEqual(upTo(6));
  });

  it("finds what was said while the line was down, without a gap or a double", async () => {
    const server = new FakeServer();
    server.say(10);
    const messenger = await begin(server);
    await messenger.open("c1");
    server.say(120);
    server.welcome();
    server.frame({ type: "message", message: message(130) });
    await settled();
    await settled();
    expect(seqs(messenger)).toEqual(upTo(130));
  });

  it("far behind, takes the newest instead of everything in between", async () => {
    const server = new FakeServer();
    server.say(10);
    const messenger = await begin(server);
    await messenger.open("c1");
    server.say(990);
    server.welcome();
    await settled();
    expect(seqs(messenger)).toEqual(upTo(1000, 951));
  });

  it("tells of what was read, once, and never back", async () => {
    const server = new FakeServer();
    server.say(5);
    const messenger = await begin(server);
    messenger.markRead("c1", 4);
    messenger.markRead("c1", 3);
    messenger.markRead("c1", 4);
    const told = server.socket?.sent.filter((it) => it.includes('"read"')) ?? [];
    expect(told).toEqual([JSON.stringify({ type: "read", conversation_id: "c1", seq: 4 })]);
    expect(messenger.store.getState().conversations["c1"]).toMatchObject({ read_seq: 4, unread_count: 1 });
  });

  it("takes no older page that came too late to touch what is kept", async () => {
    const server = new FakeServer();
    server.say(300);
    const messenger = await begin(server);
    await messenger.open("c1");
    const asked = messenger.loadOlder("c1");
    messenger.keepOnly("c1", 280, 300);
    await asked;
    expect(seqs(messenger)).toEqual(upTo(300, 280));
    await messenger.loadOlder("c1");
    expect(seqs(messenger)).toEqual(upTo(300, 230));
  });

  it("comes back from far up in a chat to its newest, fetched anew", async () => {
    const server = new FakeServer();
    server.say(300);
    const messenger = await begin(server);
    await messenger.open("c1");
    await messenger.loadOlder("c1");
    messenger.keepOnly("c1", 0, 220);
    await messenger.open("c2").catch(() => undefined);
    expect(seqs(messenger)).toEqual([]);
    await messenger.open("c1");
    expect(seqs(messenger)).toEqual(upTo(300, 251));
  });
});
