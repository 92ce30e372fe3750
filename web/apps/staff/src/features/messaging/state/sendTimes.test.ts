import { describe, expect, it } from "vitest";

import { fieldsOf, instantOf, isThen, sendTimes } from "./sendTimes";

const offered = (now: Date) => sendTimes(now).map((it) => `${fieldsOf(it).day} ${fieldsOf(it).time}`);

describe("times to send at", () => {
  it("are this morning, this evening, tomorrow and on Monday, as far as they are still to come", () => {
    expect(offered(new Date(2026, 10, 25, 7, 0))).toEqual(["2026-11-25 09:00", "2026-11-25 18:00", "2026-11-26 09:00", "2026-11-30 09:00"]);
    expect(offered(new Date(2026, 10, 25, 17, 45))).toEqual(["2026-11-26 09:00", "2026-11-30 09:00"]);
  });

  it("name a Monday once", () => {
    expect(offered(new Date(2026, 10, 29, 20, 0))).toEqual(["2026-11-30 09:00"]);
    expect(offered(new Date(2026, 10, 30, 20, 0))).toEqual(["2026-12-01 09:00", "2026-12-07 09:00"]);
    expect(offered(new Date(2026, 10, 28, 20, 0))).toEqual(["2026-11-29 09:00", "2026-11-30 09:00"]);
  });

  it("are read from fields as they are written, and are neither at once nor beyond a year", () => {
    const now = new Date(2026, 10, 25, 7, 0);
    expect(instantOf("2026-11-25", "07:02")).toEqual(new Date(2026, 10, 25, 7, 2));
    expect([instantOf("", "07:02"), instantOf("2026-11-25", "")]).toEqual([null, null]);
    expect([new Date(2026, 10, 25, 7, 0, 30), new Date(2026, 10, 25, 7, 1), new Date(2028, 0, 1)].map((it) => isThen(it, now))).toEqual([false, true, false]);
  });
});
