// @vitest-environment jsdom
import type { Id, Presence, RealtimeEvents } from "@hutong/realtime";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { PresenceBoard } from "./presence";

class Line {
  looks: (readonly Id[])[] = [];
  attends: boolean[] = [];
  private readonly handlers = new Map<string, (value: unknown) => void>();
  look = (ids: readonly Id[]) => void this.looks.push(ids);
  attend = (isActive: boolean) => void this.attends.push(isActive);
  on = <K extends keyof RealtimeEvents>(name: K, handler: (value: RealtimeEvents[K]) => void) => {
    this.handlers.set(name, handler as (value: unknown) => void);
    return () => void this.handlers.delete(name);
  };
  say = (person_id: Id, state: Presence) => this.handlers.get("presence")?.({ type: "presence", person_id, state });
  lose = () => this.handlers.get("state")?.("connecting");
}

describe("who is on the screen", () => {
  let line: Line;
  let board: PresenceBoard;
  let stop: () => void;
  let sight: DocumentVisibilityState = "visible";
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(document, "visibilityState", "get").mockImplementation(() => sight);
    line = new Line();
    board = new PresenceBoard(line);
    stop = board.start();
  });
  afterEach(() => {
    stop();
    sight = "visible";
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("is asked for all together, once, as long as anything shows them", () => {
    const hides = [board.show("1"), board.show("2"), board.show("1")];
    vi.advanceTimersByTime(300);
    hides[0]!();
    vi.advanceTimersByTime(300);
    expect(line.looks).toEqual([["2", "1"]]);
    hides[2]!();
    vi.advanceTimersByTime(300);
    expect(line.looks[1]).toEqual(["2"]);
  });

  it("is told to who listens, forgotten when not shown, and unknown without a line", () => {
    const heard = vi.fn();
    board.subscribe(heard);
    const hide = board.show("1");
    vi.advanceTimersByTime(300);
    line.say("1", "active");
    line.say("9", "active");
    expect([board.get("1"), board.get("9"), heard.mock.calls.length]).toEqual(["active", "offline", 1]);
    line.lose();
    expect(board.get("1")).toBe("offline");
    line.say("1", "away");
    hide();
    vi.advanceTimersByTime(300);
    expect(board.get("1")).toBe("offline");
  });

  it("is nobody while the page is out of sight, and one is away then, or when nothing was touched for long", () => {
    board.show("1");
    vi.advanceTimersByTime(300);
    line.say("1", "active");
    sight = "hidden";
    document.dispatchEvent(new Event("visibilitychange"));
    vi.advanceTimersByTime(300);
    expect(board.get("1")).toBe("offline");
    sight = "visible";
    document.dispatchEvent(new Event("visibilitychange"));
    vi.advanceTimersByTime(300);
    expect(line.looks).toEqual([["1"], [], ["1"]]);
    expect(line.attends).toEqual([false, true]);
    vi.advanceTimersByTime(6 * 60_000);
    expect(line.attends).toEqual([false, true, false]);
    window.dispatchEvent(new Event("keydown"));
    expect(line.attends).toEqual([false, true, false, true]);
    expect(line.looks.length).toBe(3);
  });
});
