import { afterEach, describe, expect, it, vi } from "vitest";

import { ariaKey, isOf, isPlain, keyText } from "./keyNames";

const press = (key: string, held: KeyboardEventInit = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }) as KeyboardEvent;
const on = (platform: string) => vi.stubGlobal("navigator", { platform });

describe("keys", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("are Ctrl's, and ⌘'s on a Mac", () => {
    on("Win32");
    expect(isOf(press("k", { ctrlKey: true }), "switcher")).toBe(true);
    expect(isOf(press("k", { metaKey: true }), "switcher")).toBe(false);
    expect(keyText("switcher")).toBe("Ctrl+K");
    expect(ariaKey("nextChat")).toBe("Alt+ArrowDown");
    on("MacIntel");
    expect(isOf(press("k", { metaKey: true }), "switcher")).toBe(true);
    expect(isOf(press("k", { ctrlKey: true }), "switcher")).toBe(false);
    expect(keyText("nextUnread")).toBe("⌥⇧↓");
  });

  it("are themselves alone", () => {
    on("Linux");
    expect(isOf(press("K", { ctrlKey: true, shiftKey: true }), "switcher")).toBe(false);
    expect(isOf(press("k"), "switcher")).toBe(false);
    expect(isOf(press("ArrowDown", { altKey: true }), "nextUnread")).toBe(false);
    expect(isOf(press("ArrowDown", { altKey: true, shiftKey: true }), "nextUnread")).toBe(true);
    expect(isOf(press("ArrowUp"), "editLast")).toBe(true);
    expect(isOf(press("ArrowUp", { ctrlKey: true }), "editLast")).toBe(false);
  });

  it("know a question mark of either width, with the shift that makes it", () => {
    on("Linux");
    expect(isOf(press("?", { shiftKey: true }), "help")).toBe(true);
    expect(isOf(press("？", { shiftKey: true }), "help")).toBe(true);
    expect(isOf(press("/", { ctrlKey: true }), "helpAnywhere")).toBe(true);
    expect([isPlain("help"), isPlain("editLast"), isPlain("switcher"), isPlain("present")]).toEqual([true, true, false, false]);
  });
});
