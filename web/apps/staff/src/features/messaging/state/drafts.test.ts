import type { DraftWish, KeptDraft, Quote } from "@hutong/realtime";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Drafts } from "./drafts";

const quote: Quote = { seq: 4, sender_id: "2", kind: "text", text: "周六见？", file_name: null, is_recalled: false };

/** The server's rule (hutong/messaging/actions/drafts.py), and what it tells to all devices of this person. */
class Server {
  kept: KeptDraft | null = null;
  told: string[] = [];
  isDown = false;
  devices: Drafts[] = [];

  device(storage = new Map<string, string>()): Drafts {
    const area = { getItem: (key: string) => storage.get(key) ?? null, setItem: (key: string, value: string) => void storage.set(key, value) };
    const drafts = new Drafts("1", (_, wish) => this.put(wish), area);
    this.devices.push(drafts);
    return drafts;
  }

  async put(wish: DraftWish): Promise<KeptDraft> {
    await Promise.resolve();
    if (this.isDown) throw Object.assign(new Error("offline"), { status: 0 });
    const at = Date.now() - wish.age_seconds * 1_000;
    this.told.push(wish.text);
    const { kept } = this;
    if (kept && kept.revision > wish.base_revision && Date.parse(kept.typed_at) > at) return kept;
    const reply_to = wish.reply_to_seq === null ? null : quote;
    const next = { conversation_id: "c1", text: wish.text, reply_to, mentions: wish.mentions, typed_at: new Date(at).toISOString(), revision: (kept?.revision ?? 0) + 1 };
    this.kept = next;
    for (const device of this.devices) device.take(next);
    return next;
  }
}

const textOf = (drafts: Drafts) => drafts.partsOf("c1").text;

describe("a draft", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is told when typing pauses, and stands on the other device", async () => {
    const server = new Server();
    const [desk, phone] = [server.device(), server.device()];
    const adopted: string[] = [];
    phone.onAdopted((id) => adopted.push(id));
    for (const text of ["周", "周日", "周日可以吗"]) desk.change("c1", { text });
    desk.change("c1", { replyTo: quote });
    expect(server.told).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.told).toEqual(["周日可以吗"]);
    expect(phone.partsOf("c1")).toMatchObject({ text: "周日可以吗", replyTo: quote });
    expect([adopted, phone.getAll()]).toEqual([["c1"], { c1: "周日可以吗" }]);
  });

  it("that is being typed stays, whatever another device says, and is the later", async () => {
    const server = new Server();
    const [desk, phone] = [server.device(), server.device()];
    phone.change("c1", { text: "手机" });
    await vi.advanceTimersByTimeAsync(600);
    desk.change("c1", { text: "电" });
    await vi.advanceTimersByTimeAsync(300);
    expect([textOf(desk), textOf(phone)]).toEqual(["电", "手机"]);
    desk.change("c1", { text: "电脑" });
    await vi.advanceTimersByTimeAsync(1_000);
    expect([textOf(desk), textOf(phone)]).toEqual(["电脑", "电脑"]);
  });

  it("typed without a line gives way to what was typed later elsewhere", async () => {
    const server = new Server();
    const storage = new Map<string, string>();
    const desk = server.device(storage);
    server.isDown = true;
    desk.change("c1", { text: "断网时写的" });
    await vi.advanceTimersByTimeAsync(5_000);
    server.devices = [];
    server.isDown = false;
    const phone = server.device();
    phone.change("c1", { text: "后来写的" });
    await vi.advanceTimersByTimeAsync(5_000);
    const again = server.device(storage);
    expect(textOf(again)).toBe("断网时写的");
    again.take(server.kept!);
    expect(textOf(again)).toBe("断网时写的");
    again.tellAll();
    await vi.advanceTimersByTimeAsync(0);
    expect(textOf(again)).toBe("后来写的");
  });

  it("that was sent is gone from every device at once", async () => {
    const server = new Server();
    const [desk, phone] = [server.device(), server.device()];
    desk.change("c1", { text: "好的", replyTo: quote });
    await vi.advanceTimersByTimeAsync(1_000);
    phone.clear("c1");
    await vi.advanceTimersByTimeAsync(0);
    expect([textOf(desk), desk.partsOf("c1").replyTo, desk.getAll()]).toEqual(["", null, {}]);
  });

  it("of white space is none, and what is answered with nothing stays here", async () => {
    const server = new Server();
    const [desk, phone] = [server.device(), server.device()];
    desk.change("c1", { text: "  ", replyTo: quote });
    await vi.advanceTimersByTimeAsync(1_000);
    expect([server.told, desk.partsOf("c1").replyTo, phone.partsOf("c1").replyTo]).toEqual([[""], quote, null]);
  });

  it("is told again when the line is back, with what was typed meanwhile", async () => {
    const server = new Server();
    const desk = server.device();
    server.isDown = true;
    desk.change("c1", { text: "一" });
    await vi.advanceTimersByTimeAsync(1_000);
    desk.change("c1", { text: "一二" });
    server.isDown = false;
    desk.tellAll();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.kept).toMatchObject({ text: "一二", revision: 1 });
  });
});
