import type { ListedTopic, Message, MessagePage, Topic } from "@hutong/realtime";
import { describe, expect, it, vi } from "vitest";

import { readThrough, Topics, topicView, withMessage, withSaid, withTopic } from "./topics";

const at = (seq: number) => `2026-11-25T08:00:${String(seq).padStart(2, "0")}Z`;
const said = (seq: number, more: Partial<Message> = {}) => ({ seq, conversation_id: "1", topic_id: "7", client_id: `c${seq}`, sent_at: at(seq), ...more }) as Message;
const topic = (id: string, more: Partial<Topic> = {}): Topic => ({ id, conversation_id: "1", name: `话题${id}`, opened_by_id: "9", opened_at: at(0), closed_by_id: null, closed_at: null, revision: 1, ...more });
const listed = (id: string, last: number): ListedTopic => ({ ...topic(id), message_count: 1, last_seq: last, last_active_at: at(last) });
const page = (seqs: number[], has_older = false): MessagePage => ({ items: seqs.map((it) => said(it)), people: [], has_older, has_newer: false, last_revision: 0 });
const seqs = (items: readonly Message[]) => items.map((it) => it.seq);

describe("a topic's messages", () => {
  it("stand in order, each once, as they are last known; what lies before a gap comes with it", () => {
    let thread = { items: [said(4), said(9)], hasOlder: true, revision: 0 };
    for (const message of [said(7), said(9), said(2), said(4, { text: "改", revision: 3 }), said(4, { text: "旧", revision: 1 })]) thread = withMessage(thread, message) as typeof thread;
    expect(seqs(thread.items)).toEqual([4, 7, 9]);
    expect(thread.items[0]!.text).toBe("改");
  });

  it("are also those that came with the group, and one's own on their way to this topic", () => {
    const group = { log: { items: [said(8), said(10, { topic_id: "8" }), said(11)], ahead: [], revision: 0 }, hasOlder: false, hasNewer: false };
    const outgoing = [{ client_id: "c11", topic_id: "7" }, { client_id: "new", topic_id: "7" }, { client_id: "else" }] as never;
    const view = topicView({ items: [said(4), said(8)], hasOlder: true, revision: 0 }, group, outgoing, "7");
    expect(seqs(view.messages)).toEqual([4, 8, 11]);
    expect(view.echoes.map((it) => it.client_id)).toEqual(["new"]);
  });

  it("read the group only as far as nothing else was said in between", () => {
    const items = [said(5), said(6), said(8)];
    expect(readThrough(4, items, 6)).toBe(6);
    expect(readThrough(4, items, 8)).toBe(6);
    expect(readThrough(7, items, 8)).toBe(8);
    expect(readThrough(2, items, 8)).toBe(2);
  });

  it("are loaded page by page and brought up to now after an absence", async () => {
    const api = { listMessages: vi.fn(), listChangedMessages: vi.fn(), getTopic: vi.fn() };
    const topics = new Topics(api, () => undefined);
    const of = () => topics.getState().threads["7"]!;
    api.listMessages.mockResolvedValueOnce(page([8, 9], true)).mockResolvedValueOnce(page([2, 5]));
    await topics.load("1", "7");
    await topics.loadOlder("1", "7");
    expect([seqs(of().items), of().hasOlder]).toEqual([[2, 5, 8, 9], false]);
    api.listMessages.mockResolvedValueOnce(page([9, 12], true));
    api.listChangedMessages.mockResolvedValueOnce({ items: [said(2, { text: "改", revision: 1 })], has_newer: false, last_revision: 1 });
    await topics.load("1", "7");
    expect([seqs(of().items), of().items[0]!.text]).toEqual([[2, 5, 8, 9, 12], "改"]);
    api.listMessages.mockResolvedValueOnce(page([80, 81], true));
    await topics.load("1", "7");
    expect(seqs(of().items)).toEqual([80, 81]);
  });
});

describe("a group's topics", () => {
  it("stand with the last spoken in first, and go when they are closed", () => {
    let list = [listed("1", 9), listed("2", 5)];
    list = withSaid(list, said(12, { topic_id: "2" }));
    expect(list.map((it) => [it.id, it.message_count])).toEqual([["2", 2], ["1", 1]]);
    expect(withSaid(list, said(12, { topic_id: "2" }))).toEqual(list);
    list = withTopic(list, topic("3", { opened_at: at(13) }));
    expect(list.map((it) => it.id)).toEqual(["3", "2", "1"]);
    list = withTopic(list, topic("2", { name: "新名", revision: 2 }));
    expect(list[1]).toMatchObject({ name: "新名", message_count: 2 });
    expect(withTopic(list, topic("2", { name: "旧名", revision: 1 }))[1]!.name).toBe("新名");
    expect(withTopic(list, topic("3", { closed_at: at(20), revision: 2 })).map((it) => it.id)).toEqual(["2", "1"]);
  });

  it("are known by their last revision, and asked for once where nobody told of them", async () => {
    const api = { listMessages: vi.fn(), listChangedMessages: vi.fn(), getTopic: vi.fn().mockResolvedValue(topic("5")) };
    const topics = new Topics(api, () => undefined);
    topics.learn([topic("1", { name: "新", revision: 2 })]);
    topics.learn([topic("1", { name: "旧" })]);
    expect(topics.getState().topics["1"]!.name).toBe("新");
    for (let times = 0; times < 3; times += 1) topics.ask("1", "5");
    await vi.waitFor(() => expect(topics.getState().topics["5"]).toBeDefined());
    expect(api.getTopic).toHaveBeenCalledTimes(1);
  });
});
