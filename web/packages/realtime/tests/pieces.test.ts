import { describe, expect, it, vi } from "vitest";
import { decodeFrame, memoryOutbox, newClientId, reconnectDelay, TypingBoard, webOutbox } from "../src";
import { unsent } from "./cast";

describe("frames", () => {
  it("are read", () => {
    expect(decodeFrame('{"type":"pong"}')).toEqual({ type: "pong" });
    expect(decodeFrame('{"type":"ack","client_id":"x","conversation_id":"7","seq":4,"sent_at":""}')).toMatchObject({ seq: 4 });
  });
  it.each(["", "null", "7", "[]", '{"type":"later"}', '{"type":"constructor"}', '{"type":"message"}', "{}", '{"type":', undefined])(
    "%s is ignored",
    (text) => expect(decodeFrame(text)).toBeNull(),
  );
});

describe("the wait before attempt n", () => {
  it("grows to thirty seconds and is random below that", () => {
    expect([1, 2, 3, 6, 50].map((n) => reconnectDelay(n, () => 1))).toEqual([1000, 2000, 4000, 30_000, 30_000]);
    expect(reconnectDelay(9, () => 0)).toBe(0);
  });
});

describe("client ids", () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  it("are UUIDs, with and without a secure page", () => {
    expect(newClientId()).toMatch(uuid);
    const { getRandomValues } = crypto;
    vi.stubGlobal("crypto", { getRandomValues: getRandomValues.bind(crypto) });
    expect(newClientId()).toMatch(uuid);
    expect(newClientId()).not.toBe(newClientId());
    vi.unstubAllGlobals();
  });
});

class Area {
  private held = new Map<string, string>();
  get length() {
    return this.held.size;
  }
  key = (i: number) => [...this.held.keys()][i] ?? null;
  getItem = (key: string) => this.held.get(key) ?? null;
  setItem = (key: string, value: string) => void this.held.set(key, value);
  removeItem = (key: string) => void this.held.delete(key);
}

describe("the outbox", () => {
  it("survives a reload, oldest first, apart for each scope", () => {
    const area = new Area() as unknown as Storage;
    const before = webOutbox("staff.1", () => area);
    before.put(unsent("b", { created_at: "2026-11-24T01:00:02.000Z" }));
    before.put(unsent("a", { created_at: "2026-11-24T01:00:01.000Z" }));
    before.put(unsent("gone"));
    before.remove("gone");
    expect(
      webOutbox("staff.1", () => area)
        .load()
        .map((m) => m.client_id),
    ).toEqual(["a", "b"]);
    expect(webOutbox("staff.2", () => area).load()).toEqual([]);
  });
  it("skips what is broken", () => {
    const area = new Area() as unknown as Storage;
    area.setItem("hutong.outbox.s.x", '{"client');
    area.setItem("hutong.outbox.s.y", "null");
    area.setItem("hutong.outbox.s.z", '{"text":"no id"}');
    expect(webOutbox("s", () => area).load()).toEqual([]);
  });
  it("holds in memory where storage is forbidden", () => {
    const box = webOutbox("s", () => {
      throw new DOMException("denied", "SecurityError");
    });
    box.put(unsent("a"));
    expect(box.load()).toHaveLength(1);
    box.remove("a");
    expect(box.load()).toEqual([]);
    expect(memoryOutbox().load()).toEqual([]);
  });
});

describe("who is typing", () => {
  it("is forgotten after five seconds or with the message", () => {
    vi.useFakeTimers();
    const told: string[][] = [];
    const board = new TypingBoard((_, people) => told.push(people));
    board.heard({ conversation_id: "7", person_id: "1" });
    vi.advanceTimersByTime(4000);
    board.heard({ conversation_id: "7", person_id: "1" });
    board.heard({ conversation_id: "7", person_id: "2" });
    vi.advanceTimersByTime(4000);
    board.spoke({ conversation_id: "7", sender_id: "2" });
    vi.advanceTimersByTime(1000);
    expect(told).toEqual([["1"], ["1", "2"], ["1"], []]);
    vi.useRealTimers();
  });
});
