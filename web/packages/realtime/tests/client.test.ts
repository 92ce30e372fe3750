import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { memoryOutbox, RealtimeClient, type Message, type Outgoing, type RealtimeOptions } from "../src";
import { FakeSocket, openFakeSocket, said, unsent } from "./cast";

const clients: RealtimeClient[] = [];
function connect(options: Partial<RealtimeOptions> = {}) {
  const client = new RealtimeClient({ url: "http://hutong.test/ws", openSocket: openFakeSocket, ...options });
  const heard: Message[] = [];
  const states: string[] = [];
  client.on("message", (message) => heard.push(message));
  client.on("state", (state) => states.push(state));
  clients.push(client);
  return { client, heard, states };
}
const ack = (client_id: string, seq: number) => ({ type: "ack", client_id, conversation_id: "7", seq, sent_at: "2026-11-24T00:00:00Z" });
const ids = (client: RealtimeClient) => client.outgoing.map((message) => message.client_id);
const say = (client: RealtimeClient, client_id: string) => client.send({ conversation_id: "7", text: "您好", client_id });

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
});
afterEach(() => {
  for (const client of clients.splice(0)) client.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("sending", () => {
  it("keeps a message until it is acknowledged, and hands over its place in the log before the echo goes", () => {
    const { client, heard } = connect();
    client.start();
    expect(FakeSocket.last.url).toBe("ws://hutong.test/ws");
    FakeSocket.last.welcomes();
    say(client, "a");
    expect([FakeSocket.last.sends(), ids(client)]).toEqual([["a"], ["a"]]);
    let seenAtEcho: number | undefined;
    client.on("outgoing", () => (seenAtEcho = heard.length));
    FakeSocket.last.says(ack("a", 4));
    expect(heard).toMatchObject([{ seq: 4, sender_id: "1", text: "您好" }]);
    expect([seenAtEcho, ids(client)]).toEqual([1, []]);
  });

  it("sends again after a reload and after every reconnect, in order, under the same ids", () => {
    const outbox = memoryOutbox();
    outbox.put(unsent("old", { created_at: "2026-01-01T00:00:00.000Z", failure: { code: "x", message: "", retry: true } }));
    const { client } = connect({ outbox });
    client.start();
    say(client, "a");
    say(client, "b");
    FakeSocket.last.welcomes();
    FakeSocket.last.drops();
    vi.advanceTimersByTime(1_000);
    expect(FakeSocket.all).toHaveLength(2);
    FakeSocket.last.welcomes();
    for (const socket of FakeSocket.all) expect(socket.sends()).toEqual(["old", "a", "b"]);
    expect(outbox.load()).toHaveLength(3);
    FakeSocket.last.says(ack("old", 1));
    FakeSocket.last.says(ack("a", 2));
    FakeSocket.last.says({ type: "message", message: said(3, { client_id: "b" }) });
    expect(outbox.load()).toEqual([]);
  });

  it("shows a refusal, and sends it again only when told to", () => {
    const { client } = connect();
    client.start();
    FakeSocket.last.welcomes();
    say(client, "a");
    FakeSocket.last.says({ type: "error", client_id: "a", code: "not_found", message: "没有", retry: false });
    expect(client.outgoing[0]!.failure).toEqual({ code: "not_found", message: "没有", retry: false });
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all.flatMap((socket) => socket.sends())).toEqual(["a"]);
    FakeSocket.last.welcomes();
    client.retry("a");
    expect(FakeSocket.last.sends().slice(-1)).toEqual(["a"]);
    client.discard("a");
    expect(ids(client)).toEqual([]);
  });

  it("waits and sends again what was too fast, and only that", () => {
    const { client } = connect();
    client.start();
    FakeSocket.last.welcomes();
    say(client, "a");
    say(client, "b");
    FakeSocket.last.says({ type: "error", client_id: "b", code: "too_fast", message: "", retry: true });
    vi.advanceTimersByTime(2_500);
    expect(FakeSocket.last.sends()).toEqual(["a", "b", "b"]);
    expect(client.outgoing[1]!.failure).toBeNull();
  });

  it("says in which topic it belongs, shows it there when it is acknowledged, and tells what becomes of a topic", () => {
    const { client } = connect();
    const heard: (string | undefined)[] = [];
    client.on("message", (message) => heard.push(message.topic_id));
    client.on("topic", (topic) => heard.push(topic.name));
    client.start();
    FakeSocket.last.welcomes();
    client.send({ conversation_id: "7", text: "太贵", topic_id: "9", client_id: "a" });
    expect(FakeSocket.last.heard).toMatchObject([{ type: "send", topic_id: "9" }]);
    FakeSocket.last.says({ type: "ack", client_id: "a", conversation_id: "7", seq: 1, sent_at: "2026-11-24T01:00:00Z" });
    FakeSocket.last.says({ type: "topic", topic: { id: "9", conversation_id: "7", name: "定价", opened_by_id: "1", opened_at: "2026-11-24T01:00:00Z", closed_by_id: null, closed_at: null, revision: 1 } });
    expect(heard).toEqual(["9", "定价"]);
  });

  it("does not put a frame into the socket that would close it", () => {
    const { client } = connect();
    client.start();
    FakeSocket.last.welcomes();
    client.send({ conversation_id: "7", text: "长".repeat(30_000) });
    expect([FakeSocket.last.sends(), client.outgoing[0]!.failure?.code]).toEqual([[], "message_too_long"]);
  });
});

describe("the line", () => {
  it("pings, and reconnects when nothing is heard for two heartbeats", () => {
    const { client } = connect();
    client.start();
    FakeSocket.last.welcomes();
    vi.advanceTimersByTime(25_000);
    expect(FakeSocket.last.heard).toEqual([{ type: "ping" }]);
    FakeSocket.last.says({ type: "pong" });
    vi.advanceTimersByTime(50_000);
    expect(FakeSocket.all).toHaveLength(1);
    vi.advanceTimersByTime(26_000);
    expect([FakeSocket.all[0]!.isClosed, FakeSocket.all.length]).toEqual([true, 2]);
  });

  it("takes a line for dead that gives no answer to a message", () => {
    const { client } = connect();
    client.start();
    FakeSocket.last.welcomes();
    say(client, "a");
    vi.advanceTimersByTime(11_500);
    expect(FakeSocket.all).toHaveLength(2);
    FakeSocket.last.welcomes();
    expect(FakeSocket.last.sends()).toEqual(["a"]);
  });

  it("comes back at once when the network does", () => {
    vi.stubGlobal("addEventListener", vi.fn());
    vi.stubGlobal("removeEventListener", vi.fn());
    const { client } = connect();
    client.start();
    FakeSocket.last.drops();
    vi.spyOn(Math, "random").mockReturnValue(1);
    expect(client.state).toBe("offline");
    const [, online] = vi.mocked(globalThis.addEventListener).mock.calls[0] as unknown as [string, () => void];
    online();
    expect(FakeSocket.all).toHaveLength(2);
    vi.restoreAllMocks();
  });

  it("does not come back when signed out", async () => {
    const { client, states } = connect({ catchUp: () => Promise.resolve() });
    client.start();
    FakeSocket.last.welcomes();
    FakeSocket.last.drops(4001);
    await vi.advanceTimersByTimeAsync(120_000);
    expect([states, FakeSocket.all.length]).toEqual([["connecting", "open", "signed_out"], 1]);
  });

  it("learns from catching up that it is signed out: a refused upgrade shows no status", async () => {
    const { client } = connect({ catchUp: () => Promise.reject(Object.assign(new Error(), { status: 401 })) });
    client.start();
    for (let i = 0; i < 3; i++) {
      FakeSocket.last.drops();
      await vi.advanceTimersByTimeAsync(4_000);
    }
    expect(client.state).toBe("signed_out");
  });

  it("is not knocked at without end by a server that drops at once", () => {
    const { client } = connect();
    client.start();
    vi.spyOn(Math, "random").mockReturnValue(1);
    for (let i = 0; i < 200; i++) {
      if (FakeSocket.last.onclose) {
        FakeSocket.last.welcomes();
        FakeSocket.last.drops(1013);
      }
      vi.advanceTimersByTime(1_000);
    }
    expect(FakeSocket.all.length).toBeLessThan(15);
    vi.restoreAllMocks();
  });

  it("catches up after every welcome, and again when that fails", async () => {
    const catchUp = vi.fn().mockRejectedValueOnce(new Error("no network")).mockResolvedValue(undefined);
    const { client } = connect({ catchUp });
    client.start();
    FakeSocket.last.welcomes();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(catchUp).toHaveBeenCalledTimes(2);
  });
});

describe("told to look again", () => {
  const lookAgain = { type: "look_again", within_seconds: 10 };

  it("catches up at a random moment within the time given, once", async () => {
    const catchUp = vi.fn(() => Promise.resolve());
    const { client } = connect({ catchUp });
    client.start();
    FakeSocket.last.welcomes();
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    FakeSocket.last.says(lookAgain);
    FakeSocket.last.says(lookAgain);
    await vi.advanceTimersByTimeAsync(4_900);
    expect(catchUp).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(catchUp).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(catchUp).toHaveBeenCalledTimes(2);
    FakeSocket.last.says(lookAgain);
    await vi.advanceTimersByTimeAsync(5_100);
    expect(catchUp).toHaveBeenCalledTimes(3);
    vi.restoreAllMocks();
  });

  it("need not, once a new welcome has made it", async () => {
    const catchUp = vi.fn(() => Promise.resolve());
    const { client } = connect({ catchUp });
    client.start();
    FakeSocket.last.welcomes();
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    FakeSocket.last.says(lookAgain);
    FakeSocket.last.drops();
    await vi.advanceTimersByTimeAsync(1_000);
    FakeSocket.last.welcomes();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(catchUp).toHaveBeenCalledTimes(2);
    vi.restoreAllMocks();
  });
});

describe("without a socket", () => {
  const http = () => ({
    send: vi.fn((message: Outgoing) => Promise.resolve(said(1, { client_id: message.client_id }))),
    read: vi.fn(() => Promise.resolve()),
  });

  it("goes by HTTP after three failures, and back to the socket when there is one", async () => {
    const doors = http();
    const catchUp = vi.fn(() => Promise.resolve());
    const { client, heard, states } = connect({ http: doors, catchUp });
    client.start();
    for (let i = 0; i < 3; i++) {
      FakeSocket.last.drops();
      await vi.advanceTimersByTimeAsync(4_000);
    }
    expect(client.state).toBe("polling");
    say(client, "a");
    client.markRead("7", 3);
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toMatchObject([{ client_id: "a" }]);
    expect(doors.read).toHaveBeenCalledWith("7", 3);
    const rounds = catchUp.mock.calls.length;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(catchUp.mock.calls.length).toBeGreaterThan(rounds);
    if (!FakeSocket.last.onclose) await vi.advanceTimersByTimeAsync(30_000);
    FakeSocket.last.welcomes();
    const before = catchUp.mock.calls.length;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(catchUp).toHaveBeenCalledTimes(before);
    expect(states).toEqual(["connecting", "offline", "polling", "open"]);
  });

  it.each([1003, 1009, 4008, 4009])("goes by HTTP when the server closed with %i: no other socket would do", async (code) => {
    const doors = http();
    const { client } = connect({ http: doors, catchUp: () => Promise.resolve() });
    client.start();
    FakeSocket.last.welcomes();
    FakeSocket.last.drops(code);
    await vi.advanceTimersByTimeAsync(120_000);
    expect([client.state, FakeSocket.all.length]).toEqual(["polling", 1]);
    say(client, "a");
    await vi.advanceTimersByTimeAsync(0);
    expect(client.outgoing).toEqual([]);
  });

  it("a first message goes before there is a session, until it is taken", async () => {
    const doors = http();
    doors.send.mockRejectedValueOnce(new TypeError("Failed to fetch")).mockRejectedValueOnce({ status: 503, code: "unavailable" });
    const { client } = connect({ http: doors });
    client.send({ conversation_id: null, text: "您好", client_id: "a" });
    client.send({ conversation_id: null, text: "在吗", client_id: "b" });
    await vi.advanceTimersByTimeAsync(0);
    expect(client.outgoing[0]!.failure).toMatchObject({ code: "unreachable", retry: true });
    await vi.advanceTimersByTimeAsync(12_000);
    expect(doors.send.mock.calls.map(([message]) => message.client_id)).toEqual(["a", "a", "a", "b"]);
    expect([client.outgoing, FakeSocket.all]).toEqual([[], []]);
  });

  it("a refused one does not hold up the next", async () => {
    const doors = http();
    doors.send.mockRejectedValueOnce({ status: 422, code: "empty_message", message: "空" });
    const { client } = connect({ http: doors });
    say(client, "a");
    say(client, "b");
    await vi.advanceTimersByTimeAsync(0);
    expect(client.outgoing).toMatchObject([{ client_id: "a", failure: { code: "empty_message", retry: false } }]);
  });

  it("does not wait for a socket that takes its time", async () => {
    const doors = http();
    const { client } = connect({ http: doors });
    client.start();
    say(client, "a");
    await vi.advanceTimersByTimeAsync(4_000);
    expect(doors.send).toHaveBeenCalledTimes(1);
    expect(client.outgoing).toEqual([]);
  });
});

describe("marks", () => {
  it("of reading never go back and wait for a socket", () => {
    const { client } = connect();
    client.start();
    client.markRead("7", 5);
    client.markRead("7", 4);
    FakeSocket.last.welcomes();
    client.markRead("7", 5);
    client.markRead("7", 6);
    const told = FakeSocket.last.heard.filter((frame) => frame.type === "read").map((frame) => frame.seq);
    expect(told).toEqual([5, 6]);
  });

  it("that a dying socket may have lost are told again, until they come back", () => {
    const { client } = connect();
    const told = () => FakeSocket.last.heard.filter((frame) => frame.type === "read").map((frame) => frame.seq);
    client.start();
    FakeSocket.last.welcomes();
    client.markRead("7", 5);
    FakeSocket.last.drops();
    vi.advanceTimersByTime(1_000);
    FakeSocket.last.welcomes();
    expect(told()).toEqual([5]);
    FakeSocket.last.says({ type: "read", conversation_id: "7", person_id: "1", seq: 5 });
    FakeSocket.last.drops();
    vi.advanceTimersByTime(5_000);
    FakeSocket.last.welcomes();
    expect(told()).toEqual([]);
  });

  it("of typing are told once in three seconds", () => {
    const { client } = connect();
    client.start();
    client.typing("7");
    FakeSocket.last.welcomes();
    for (let i = 0; i < 40; i++) {
      client.typing("7");
      vi.advanceTimersByTime(100);
    }
    expect(FakeSocket.last.heard.filter((frame) => frame.type === "typing")).toHaveLength(2);
  });

  it("of others are passed on", () => {
    const { client } = connect();
    const seen: unknown[] = [];
    client.on("read", (frame) => seen.push(frame.seq));
    const off = client.on("typing", (frame) => seen.push(frame.person_id));
    client.on("conversation_left", (frame) => seen.push(frame.conversation_id));
    client.start();
    FakeSocket.last.welcomes();
    FakeSocket.last.says({ type: "read", conversation_id: "7", person_id: "2", seq: 4 });
    FakeSocket.last.says({ type: "typing", conversation_id: "7", person_id: "2" });
    off();
    FakeSocket.last.says({ type: "typing", conversation_id: "7", person_id: "2" });
    FakeSocket.last.says({ type: "conversation_left", conversation_id: "7" });
    FakeSocket.last.says({ type: "something_new" });
    expect(seen).toEqual([4, "2", "7"]);
  });
});
