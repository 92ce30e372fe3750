import { describe, expect, it } from "vitest";

import table from "./generated/sounds";
import { placeBySound, soundsOf } from "./reading";

const sounds = soundsOf(table);
const found = (name: string, typed: string) => {
  const place = placeBySound(name, typed, sounds);
  return place && name.slice(...place);
};

describe("a name is found by sound", () => {
  it("by pinyin, whole or begun, from any character on", () => {
    expect(found("上海交付小组", "shanghai")).toBe("上海");
    expect(found("上海交付小组", "shangh")).toBe("上海");
    expect(found("上海交付小组", "jiaofu")).toBe("交付");
    expect(found("上海交付小组", "xiaozu")).toBe("小组");
  });

  it("by initials, and by both mixed", () => {
    expect(found("上海交付小组", "shjfxz")).toBe("上海交付小组");
    expect(found("上海交付小组", "jfxz")).toBe("交付小组");
    expect(found("上海交付小组", "shhjf")).toBe("上海交付");
    expect(found("上海交付小组", "shanghjf")).toBe("上海交付");
    expect(found("上海交付小组", "上hai")).toBe("上海");
  });

  it("as an input method writes it while one composes", () => {
    expect(found("周末试驾", "zhou'mo")).toBe("周末");
    expect(found("周末试驾", "zhou mo shi")).toBe("周末试");
  });

  it("in every reading of its characters", () => {
    expect(found("重庆门店", "chongqing")).toBe("重庆");
    expect(found("行长", "hangzhang")).toBe("行长");
    expect(found("单家", "shan")).toBe("单");
    for (const typed of ["lvfang", "lufang", "lyufang"]) expect(found("吕芳", typed)).toBe("吕芳");
    expect(found("陳經理", "chenjingli")).toBe("陳經理");
  });

  it("with what is not Chinese in it", () => {
    expect(found("X2000 试驾群", "x2000shi")).toBe("X2000 试");
    expect(found("试驾（ＶＩＰ）", "sjvip")).toBe("试驾（ＶＩＰ");
  });

  it("and not by what it does not say", () => {
    expect(found("上海交付小组", "beijing")).toBeNull();
    expect(found("上海", "shanghaizu")).toBeNull();
    expect(found("上海", "  ' ")).toBeNull();
    expect(found("", "a")).toBeNull();
    // No name makes it slow.
    expect(found("石".repeat(60), "s".repeat(60) + "x")).toBeNull();
  });
});
