import { describe, expect, it } from "vitest";

import { calledParts, callsOn, mentionsIn } from "./mentions";

const people = (...names: string[]) => names.map((name, at) => ({ id: String(at + 1), name }));

describe("the places where a text calls on somebody", () => {
  it("are marked, oneself apart from the others", () => {
    expect(calledParts("@林晓 和 @陈默 看一下", { everybody: false, people: people("林晓", "陈默") }, "2")).toEqual([
      { text: "@林晓", calls: "other" },
      { text: " 和 ", calls: null },
      { text: "@陈默", calls: "me" },
      { text: " 看一下", calls: null },
    ]);
  });

  it("take the longer of two names that begin alike", () => {
    const parts = calledParts("@张伟国 @张伟", { everybody: false, people: people("张伟", "张伟国") }, "1");
    expect(parts.filter((it) => it.calls)).toEqual([
      { text: "@张伟国", calls: "other" },
      { text: "@张伟", calls: "me" },
    ]);
  });

  it("are none where only the words look so", () => {
    expect(calledParts("@林晓", null, "1")).toEqual([{ text: "@林晓", calls: null }]);
  });

  it("keep every character of the text", () => {
    for (const text of ["@", "@@林晓@", "a@所有人b", ""]) {
      const parts = calledParts(text, { everybody: true, people: people("林晓") }, "9");
      expect(parts.map((it) => it.text).join("")).toBe(text);
    }
  });
});

describe("being called on", () => {
  it("is for those who are named, or everybody, and never by oneself", () => {
    expect(callsOn({ sender_id: "1", mentions: { everybody: false, people: people("林晓", "陈默") } }, "2")).toBe(true);
    expect(callsOn({ sender_id: "1", mentions: { everybody: false, people: people("林晓") } }, "2")).toBe(false);
    expect(callsOn({ sender_id: "1", mentions: { everybody: true, people: [] } }, "2")).toBe(true);
    expect(callsOn({ sender_id: "2", mentions: { everybody: true, people: [] } }, "2")).toBe(false);
    expect(callsOn({ sender_id: "1" }, "2")).toBe(false);
  });

  it("needs the name to stand in the words still", () => {
    const picked = { everybody: true, people: people("林晓", "陈默") };
    expect(mentionsIn("@陈默 好", picked, "所有人")).toEqual({ everybody: false, people: [{ id: "2", name: "陈默" }] });
    expect(mentionsIn("好", picked, "所有人")).toBeUndefined();
    expect(mentionsIn("@所有人 好", picked, "所有人")).toEqual({ everybody: true, people: [] });
  });
});
