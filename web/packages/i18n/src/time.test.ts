import { expect, test } from "vitest";

import { clockTime, comingTime, daysBetween, fullTime, listTime, messageTime } from "./time";

// Tests run in Asia/Shanghai (vitest.config.ts): Tuesday 2026-11-24, 15:30.
const NOW = new Date("2026-11-24T07:30:00Z");

test.each([
  ["2026-11-24T07:29:30Z", "刚刚", "Just now"],
  ["2026-11-24T07:31:00Z", "刚刚", "Just now"],
  ["2026-11-24T02:32:00Z", "10:32", "10:32"],
  ["2026-11-23T16:05:00Z", "00:05", "00:05"],
  ["2026-11-23T02:32:00Z", "昨天", "Yesterday"],
  ["2026-11-20T02:32:00Z", "星期五", "Fri"],
  ["2026-11-18T02:32:00Z", "星期三", "Wed"],
  ["2026-11-17T02:32:00Z", "11月17日", "17 Nov"],
  ["2025-11-03T02:32:00Z", "2025年11月3日", "3 Nov 2025"],
])("in a list %s reads %s / %s", (at, zh, en) => {
  expect(listTime(at, "zh-CN", NOW)).toBe(zh);
  expect(listTime(at, "en", NOW)).toBe(en);
});

test.each([
  ["2026-11-24T07:29:30Z", "15:29", "15:29"],
  ["2026-11-23T02:32:00Z", "昨天 10:32", "Yesterday 10:32"],
  ["2026-11-20T02:32:00Z", "星期五 10:32", "Fri 10:32"],
  ["2026-11-03T02:32:00Z", "11月3日 10:32", "3 Nov 10:32"],
])("between messages %s reads %s / %s", (at, zh, en) => {
  expect(messageTime(at, "zh-CN", NOW)).toBe(zh);
  expect(messageTime(at, "en", NOW)).toBe(en);
});

test.each([
  ["2026-11-24T10:00:00Z", "今天 18:00", "Today 18:00"],
  ["2026-11-25T01:00:00Z", "明天 09:00", "Tomorrow 09:00"],
  ["2026-11-30T01:00:00Z", "星期一 09:00", "Mon 09:00"],
  ["2026-12-01T01:00:00Z", "12月1日 09:00", "1 Dec 09:00"],
  ["2026-11-23T02:32:00Z", "昨天 10:32", "Yesterday 10:32"],
])("what is to come at %s reads %s / %s", (at, zh, en) => {
  expect(comingTime(at, "zh-CN", NOW)).toBe(zh);
  expect(comingTime(at, "en", NOW)).toBe(en);
});

test("midnight is 00:00, never 24:00", () => {
  expect(clockTime("2026-11-23T16:00:00Z", "zh-CN")).toBe("00:00");
});

test("yesterday is a matter of the calendar, not of 24 hours", () => {
  expect(daysBetween(new Date("2026-11-23T15:59:00Z"), new Date("2026-11-23T16:01:00Z"))).toBe(1);
});

test("in full, with the year", () => {
  expect(fullTime("2026-11-03T02:32:00Z", "zh-CN")).toBe("2026年11月3日 10:32");
  expect(fullTime("2026-11-03T02:32:00Z", "en")).toBe("3 Nov 2026 10:32");
});
