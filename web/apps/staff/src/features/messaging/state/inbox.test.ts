import type { Conversation, Message, MessagePage, Outgoing, Person } from "@hutong/realtime";
import { describe, expect, it } from "vitest";

import { changesAfter } from "./changes";
import { applyEvent, emptyInbox, holeAfter, type InboxEvent, type InboxState } from "./inbox";
import { conversationTitle, sortedConversations, threadView, totalUnread } from "./selectors";

const lin: Person = { id: "1", kind: "member", name: "林晓", avatar_url: null, is_active: true };
const zhao: Person = { id: "2", kind: "member", name: "赵磊", avatar_url: null, is_active: true };
const wu: Person = { id: "9", kind: "contact", name: "吴女士", avatar_url: null, is_active: true };

function message(seq: number, sender = zhao.id, conversation = "c1"): Message {
  return {
    conversation_id: conversation, seq, sender_id: sender, client_id: `m${conversation}-${seq}`, kind: "text", text: `第 ${seq} 句`,
    file: null, notice: null, sent_at: `2026-11-24T0${Math.min(9, seq)}:00:00Z`,
  };
}

function conversation(changes: Partial<Conversation> = {}): Conversation {
  return {
    id: "c1", kind: "direct", name: null, is_external: false, owner_id: null, participant_count: 2, people: [lin, zhao], last_seq: 3, read_seq: 3,
    last_revision: 0, unread_count: 0, peer_read_seq: 3, last_message: message(3), last_active_at: "2026-11-24T03:00:00Z", has_left: false, can_publish: true, ...changes,
  };
}

function page(from: number, to: number, changes: Partial<MessagePage> = {}): MessagePage {
  const items = Array.from({ length: to - from + 1 }, (_, at) => message(from + at));
  return { items, people: [lin, zhao], has_older: from > 1, has_newer: false, last_revision: 0, ...changes };
}

const limits = { recall_minutes: 2, edit_minutes: 1440 };

function after(...events: InboxEvent[]): InboxState {
  return events.reduce(applyEvent, emptyInbox(lin.id));
}

const known: InboxEvent = { type: "conversation", conversation: conversation() };
const loaded: InboxEvent = { type: "page", conversation_id: "c1", page: page(1, 3) };

it("one's own message that a later one overtook is read all the same, and the other's too", () => {
  const own = { ...message(4), sender_id: lin.id };
  const state = after(known, loaded, { type: "message", message: { ...message(5), sender_id: zhao.id } }, { type: "message", message: own });
  expect(state.conversations["c1"]).toMatchObject({ last_seq: 5, read_seq: 4, unread_count: 1, peer_read_seq: 5 });
  const other = { ...message(4), sender_id: zhao.id };
  const late = after(known, loaded, { type: "message", message: { ...message(5), sender_id: lin.id } }, { type: "message", message: other });
  expect(late.conversations["c1"]).toMatchObject({ last_seq: 5, read_seq: 5, unread_count: 0, peer_read_seq: 4 });
});
const said = (seq: number, sender = zhao.id): InboxEvent => ({ type: "message", message: message(seq, sender) });
const seqs = (state: InboxState) => state.threads["c1"]?.log.items.map((it) => it.seq);

describe("messages", () => {
  it("come in order, once", () => {
    const state = after(known, loaded, said(4), said(5), said(4), said(5));
    expect(seqs(state)).toEqual([1, 2, 3, 4, 5]);
    expect(state.conversations["c1"]).toMatchObject({ last_seq: 5, unread_count: 2, last_message: { seq: 5 } });
  });

  it("out of order leave a hole that is told, and close it when the missing one comes", () => {
    const ahead = after(known, loaded, said(5));
    expect(seqs(ahead)).toEqual([1, 2, 3]);
    expect(holeAfter(ahead, "c1")).toBe(3);
    const whole = applyEvent(ahead, said(4));
    expect(seqs(whole)).toEqual([1, 2, 3, 4, 5]);
    expect(holeAfter(whole, "c1")).toBeNull();
    expect(whole.conversations["c1"]?.unread_count).toBe(2);
  });

  it("are the same whatever the order they come in", () => {
    const orders = [[4, 5, 6], [6, 5, 4], [5, 4, 6], [6, 4, 5]];
    const ends = orders.map((order) => after(known, loaded, ...order.map((seq) => said(seq))));
    for (const end of ends) {
      expect(seqs(end)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(end.conversations["c1"]).toEqual(ends[0]?.conversations["c1"]);
    }
  });

  it("of a gap are filled by a page, and applying it twice is harmless", () => {
    const fill: InboxEvent = { type: "page", conversation_id: "c1", page: page(4, 6) };
    const state = after(known, loaded, said(7), fill, fill);
    expect(seqs(state)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(holeAfter(state, "c1")).toBeNull();
  });

  it("of a conversation not known are kept out until it is", () => {
    const state = after(said(1));
    expect(state.conversations).toEqual({});
  });

  it("of one's own make it quiet: who spoke last has nothing unread", () => {
    const state = after({ type: "conversation", conversation: conversation({ unread_count: 2, read_seq: 1 }) }, said(4, lin.id));
    expect(state.conversations["c1"]).toMatchObject({ unread_count: 0, last_seq: 4 });
  });

  it("that the clock says read nothing that their author has not read", () => {
    const byClock = (seq: number, sender: string): InboxEvent => ({ type: "message", message: { ...message(seq, sender), is_scheduled: true } });
    const own = after(known, loaded, byClock(4, lin.id), said(5), byClock(6, lin.id));
    expect(own.conversations["c1"]).toMatchObject({ last_seq: 6, read_seq: 4, unread_count: 2 });
    const others = after(known, loaded, said(4, lin.id), byClock(5, zhao.id));
    expect(others.conversations["c1"]).toMatchObject({ last_seq: 5, peer_read_seq: 3 });
  });

  it("said in a topic read nothing elsewhere that their author has not read", () => {
    const inTopic = (seq: number, sender: string): InboxEvent => ({ type: "message", message: { ...message(seq, sender), topic_id: "7" } });
    const own = after(known, loaded, inTopic(4, lin.id), said(5), inTopic(6, lin.id));
    expect(own.conversations["c1"]).toMatchObject({ last_seq: 6, read_seq: 4, unread_count: 2 });
  });

  it("do not enter a thread that stands in the past", () => {
    const past: InboxEvent = { type: "page", conversation_id: "c1", page: page(1, 3, { has_newer: true }) };
    const state = after({ type: "conversation", conversation: conversation({ last_seq: 90 }) }, past, said(91));
    expect(seqs(state)).toEqual([1, 2, 3]);
    expect(state.threads["c1"]?.log.ahead).toEqual([]);
    expect(holeAfter(state, "c1")).toBeNull();
  });
});

describe("an echo", () => {
  const echo: Outgoing = {
    client_id: "mc1-4", conversation_id: "c1", kind: "text", text: "第 4 句", file_id: null, file: null, created_at: "2026-11-24T04:00:00Z", failure: null,
  };

  it("is replaced by the message of its client id, with no moment of both or neither", () => {
    const sending = after(known, loaded, { type: "outgoing", outgoing: [echo] });
    expect(shown(sending)).toEqual([[1, 2, 3], ["mc1-4"]]);
    const arrived = applyEvent(sending, said(4, lin.id));
    expect(shown(arrived)).toEqual([[1, 2, 3, 4], []]);
    expect(shown(applyEvent(arrived, { type: "outgoing", outgoing: [] }))).toEqual([[1, 2, 3, 4], []]);
  });

  it("of another conversation is not shown", () => {
    const state = after(known, loaded, { type: "outgoing", outgoing: [{ ...echo, conversation_id: "c2" }] });
    expect(shown(state)[1]).toEqual([]);
  });

  function shown(state: InboxState): [number[], string[]] {
    const view = threadView(state.threads["c1"]!, state.outgoing, "c1");
    return [view.messages.map((it) => it.seq), view.echoes.map((it) => it.client_id)];
  }
});

describe("a change of a group", () => {
  const group = conversation({ kind: "group", name: "旧名", owner_id: lin.id, peer_read_seq: null });
  const changed = (seq: number, name: string, count: number): InboxEvent => ({
    type: "conversation_changed", conversation_id: "c1", seq, name, owner_id: zhao.id, participant_count: count, people: [zhao],
  });

  it("leaves one's own marks and what was said as they are", () => {
    const state = after({ type: "conversation", conversation: group }, said(4), changed(4, "新名", 3));
    expect(state.conversations["c1"]).toEqual({
      ...group, name: "新名", owner_id: zhao.id, participant_count: 3, people: [zhao], last_seq: 4, unread_count: 1, last_message: message(4),
      last_active_at: message(4).sent_at,
    });
  });

  it("that comes after a later one, as frame or as answer, is too late", () => {
    const late = after({ type: "conversation", conversation: group }, changed(6, "最新", 5), changed(5, "较新", 4));
    expect(late.conversations["c1"]).toMatchObject({ name: "最新", participant_count: 5 });
    const answered = applyEvent(late, { type: "synced", answer: { token: "t", is_full: false, conversations: [{ ...group, last_seq: 4 }], settings: [], drafts: [], limits } });
    expect(answered.conversations["c1"]).toMatchObject({ name: "最新", participant_count: 5, people: [zhao] });
    const newer = applyEvent(answered, { type: "conversation", conversation: { ...group, name: "后来", last_seq: 7 } });
    expect(newer.conversations["c1"]).toMatchObject({ name: "后来", participant_count: 2 });
  });

  it("of a conversation that is not known is nothing", () => {
    expect(after(changed(4, "新名", 3)).conversations).toEqual({});
  });
});

describe("read marks", () => {
  it("of the other side only grow", () => {
    const read = (seq: number): InboxEvent => ({ type: "read", conversation_id: "c1", person_id: zhao.id, seq });
    const state = after({ type: "conversation", conversation: conversation({ peer_read_seq: 1 }) }, read(3), read(2));
    expect(state.conversations["c1"]?.peer_read_seq).toBe(3);
  });

  it("of one's own, made on another device, quieten this one", () => {
    const unread = conversation({ last_seq: 5, read_seq: 2, unread_count: 3 });
    const some = after({ type: "conversation", conversation: unread }, { type: "read", conversation_id: "c1", person_id: lin.id, seq: 4 });
    expect(some.conversations["c1"]).toMatchObject({ read_seq: 4, unread_count: 1 });
    const all = applyEvent(some, { type: "read", conversation_id: "c1", person_id: lin.id, seq: 5 });
    expect(all.conversations["c1"]).toMatchObject({ read_seq: 5, unread_count: 0 });
    expect(applyEvent(all, { type: "read", conversation_id: "c1", person_id: lin.id, seq: 5 })).toBe(all);
  });

  it("of a colleague in a talk with a customer are not the customer's", () => {
    const talk = conversation({ kind: "customer", is_external: true, people: [lin, zhao, wu], peer_read_seq: 0 });
    const state = after({ type: "conversation", conversation: talk }, { type: "read", conversation_id: "c1", person_id: zhao.id, seq: 3 });
    expect(state.conversations["c1"]?.peer_read_seq).toBe(0);
    const byCustomer = applyEvent(state, { type: "read", conversation_id: "c1", person_id: wu.id, seq: 2 });
    expect(byCustomer.conversations["c1"]?.peer_read_seq).toBe(2);
  });

  it("follow from an answer: who writes back has read", () => {
    const state = after({ type: "conversation", conversation: conversation({ peer_read_seq: 1 }) }, said(4));
    expect(state.conversations["c1"]?.peer_read_seq).toBe(4);
  });
});

describe("a sync", () => {
  const answer = (conversations: Conversation[], is_full = true, token = "t1"): InboxEvent => ({ type: "synced", answer: { token, is_full, conversations, settings: [], drafts: [], limits } });

  it("in full forgets what it does not hold, but not what was heard since it was asked for", () => {
    const state = after(
      { type: "conversation", conversation: conversation({ id: "old" }) },
      { type: "sync_asked" },
      { type: "conversation", conversation: conversation({ id: "new" }) },
      answer([conversation()]),
    );
    expect(Object.keys(state.conversations).sort()).toEqual(["c1", "new"]);
    expect(state).toMatchObject({ isSynced: true, syncToken: "t1" });
  });

  it("in full leaves a talk in which nothing was said yet: no answer tells of it", () => {
    const state = after({ type: "conversation", conversation: conversation({ id: "new", last_seq: 0 }) }, { type: "sync_asked" }, answer([conversation()]));
    expect(Object.keys(state.conversations).sort()).toEqual(["c1", "new"]);
  });

  it("in full leaves messages that came before the answer about their conversation", () => {
    const state = after({ type: "sync_asked" }, loaded, answer([]), known);
    expect(seqs(state)).toEqual([1, 2, 3]);
  });

  it("in full tells of the newest thousand: what is older and known stays", () => {
    const told = Array.from({ length: 1_000 }, (_, at) => conversation({ id: `new${at}` }));
    const state = after(known, { type: "sync_asked" }, answer(told));
    expect(state.conversations["c1"]).toBeDefined();
  });

  it("older than a frame does not take its message back", () => {
    const state = after(known, { type: "sync_asked" }, said(4), answer([conversation()], false, "t2"));
    expect(state.conversations["c1"]).toMatchObject({ last_seq: 4, unread_count: 1, last_message: { seq: 4 } });
  });

  it("tells what happened meanwhile: the hole at the end of a loaded thread shows", () => {
    const state = after(known, loaded, answer([conversation({ last_seq: 9, unread_count: 6, last_message: message(9) })], false));
    expect(holeAfter(state, "c1")).toBe(3);
    expect(totalUnread(state)).toBe(6);
  });

  it("takes away the conversations one has left", () => {
    const state = after(known, loaded, { type: "sync_asked" }, answer([conversation({ has_left: true })], false));
    expect(state.conversations).toEqual({});
    expect(state.threads).toEqual({});
  });

  it("applied twice is the same", () => {
    const once = after(known, answer([conversation({ last_seq: 9, unread_count: 6 })], false));
    expect(applyEvent(once, answer([conversation({ last_seq: 9, unread_count: 6 })], false))).toEqual(once);
  });
});

describe("pages", () => {
  it("above join, and say whether there is more above", () => {
    const state = after(known, { type: "page", conversation_id: "c1", page: page(51, 60) }, { type: "page", conversation_id: "c1", page: page(41, 50) });
    expect(seqs(state)?.[0]).toBe(41);
    expect(state.threads["c1"]).toMatchObject({ hasOlder: true, hasNewer: false });
    const first = applyEvent(state, { type: "page", conversation_id: "c1", page: page(1, 40) });
    expect(first.threads["c1"]?.hasOlder).toBe(false);
  });

  it("of a link into the past replace what does not touch them, and grow down to the present", () => {
    const far: InboxEvent = { type: "page", conversation_id: "c1", page: page(20, 30, { has_newer: true }) };
    const state = after(known, { type: "page", conversation_id: "c1", page: page(51, 60) }, far);
    expect(seqs(state)).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
    expect(state.threads["c1"]?.hasNewer).toBe(true);
    const more = applyEvent(state, { type: "page", conversation_id: "c1", page: page(31, 60) });
    expect(more.threads["c1"]).toMatchObject({ hasOlder: true, hasNewer: false });
  });
});

describe("names", () => {
  it("of a customer are one's own remark first", () => {
    const talk = conversation({ kind: "customer", is_external: true, people: [lin, wu] });
    const state = after({ type: "conversation", conversation: talk });
    expect(conversationTitle(talk, state)).toBe("吴女士");
    const remarked = applyEvent(state, { type: "remark", person_id: wu.id, remark: "吴女士 蓝汀 L7" });
    expect(conversationTitle(talk, remarked)).toBe("吴女士 蓝汀 L7");
    expect(conversationTitle(talk, applyEvent(remarked, { type: "remark", person_id: wu.id, remark: null }))).toBe("吴女士");
  });

  it("of a group without one are those of its people", () => {
    const group = conversation({ kind: "group", people: [lin, zhao, wu], participant_count: 3, peer_read_seq: null });
    expect(conversationTitle(group, after({ type: "conversation", conversation: group }))).toBe("赵磊、吴女士");
  });
});

it("takes a channel's new name, and makes nothing of one it does not know", () => {
  const state = after({ type: "conversation", conversation: conversation({ kind: "channel", name: "销售通知", can_publish: false }) });
  expect(applyEvent(state, { type: "channel", conversation_id: "c1", name: "全员通知" }).conversations["c1"]?.name).toBe("全员通知");
  expect(applyEvent(state, { type: "channel", conversation_id: "c9", name: "别处" })).toBe(state);
});

it("lists the conversations by their last activity", () => {
  const state = after(known, { type: "conversation", conversation: conversation({ id: "c2", last_active_at: "2026-11-24T03:00:00.5Z" }) });
  expect(sortedConversations(state).map((it) => it.id)).toEqual(["c2", "c1"]);
  const next = applyEvent(state, said(4));
  expect(sortedConversations(next).map((it) => it.id)).toEqual(["c1", "c2"]);
  expect(sortedConversations(next)).toBe(sortedConversations(next));
});

describe("what happens to a message afterwards", () => {
  const edited = (seq: number, revision: number, text = `改 ${seq}`): Message => ({ ...message(seq), text, revision, edited_at: "2026-11-24T09:00:00Z" });
  const changed = (it: Message): InboxEvent => ({ type: "message_changed", message: it });
  const texts = (state: InboxState) => state.threads["c1"]!.log.items.map((it) => it.text);

  it("stands in the thread and in the list, once however often it is told", () => {
    const once = after(known, loaded, changed(edited(3, 1)));
    expect(texts(once)[2]).toBe("改 3");
    expect(once.conversations["c1"]).toMatchObject({ last_revision: 1, unread_count: 0 });
    expect(once.conversations["c1"]?.last_message?.text).toBe("改 3");
    expect(changesAfter(once, "c1")).toBeNull();
    expect(applyEvent(once, changed(edited(3, 1)))).toEqual(once);
  });

  it("of two changes of one message the later holds, whichever comes first; what lies between is asked for", () => {
    const late = after(known, loaded, changed(edited(2, 2, "第二次")), changed(edited(2, 1, "第一次")));
    expect(texts(late)[1]).toBe("第二次");
    const gap = after(known, loaded, changed(edited(2, 3, "第三次")));
    expect(texts(gap)[1]).toBe("第三次");
    expect(changesAfter(gap, "c1")).toBe(0);
    const page = { items: [edited(1, 2), edited(2, 3, "第三次")], has_newer: false, last_revision: 3 };
    const whole = applyEvent(gap, { type: "changed_page", conversation_id: "c1", page });
    expect(texts(whole)).toEqual(["改 1", "第三次", "第 3 句"]);
    expect(changesAfter(whole, "c1")).toBeNull();
  });

  it("that is told before the message itself stands for it", () => {
    const state = after(known, loaded, changed(edited(4, 1)), { type: "message", message: message(4) });
    expect(texts(state)).toEqual(["第 1 句", "第 2 句", "第 3 句", "改 4"]);
  });

  it("is learnt from a page, and asked for where the page is older than what the conversation tells", () => {
    const told: InboxEvent = { type: "conversation", conversation: conversation({ last_revision: 5 }) };
    const fresh = after(told, { type: "page", conversation_id: "c1", page: page(1, 3, { last_revision: 5 }) });
    expect(changesAfter(fresh, "c1")).toBeNull();
    const old = after(told, { type: "page", conversation_id: "c1", page: page(1, 3, { last_revision: 4 }) });
    expect(changesAfter(old, "c1")).toBe(4);
    const joined = after(told, { type: "page", conversation_id: "c1", page: page(2, 3, { last_revision: 4 }) }, { type: "page", conversation_id: "c1", page: page(1, 1, { last_revision: 5 }) });
    expect(changesAfter(joined, "c1")).toBe(4);
  });

  it("is not undone by an older answer about the conversation", () => {
    const state = after(known, loaded, changed(edited(3, 1)), known);
    expect(state.conversations["c1"]).toMatchObject({ last_revision: 1 });
    expect(state.conversations["c1"]?.last_message?.text).toBe("改 3");
  });
});
