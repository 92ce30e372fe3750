import { expect, it } from "vitest";

import { nameParts, shortName } from "./fileName";

it("cuts a long name before its ending, so that what a file is stays in sight", () => {
  expect(shortName("报价单.xlsx", 40)).toBe("报价单.xlsx");
  expect(shortName("2026款蓝汀L7保养手册及常见故障处理办法汇总（内部版）.pdf.exe", 30)).toBe("2026款蓝汀L7保养手册….pdf.exe");
  expect(shortName("photo-of-the-very-long-day-at-the-shop.jpg", 20)).toBe("photo-of-th…shop.jpg");
  expect(shortName("没有后缀的名字也要看得到它的最后几个字", 20)).toBe("没有后缀的…后几个字");
});

it("takes no long last part for an ending", () => {
  expect(nameParts("v1.2 of something else")).toEqual({ stem: "v1.2 of something ", tail: "else" });
  expect(nameParts(".profile")).toEqual({ stem: ".pro", tail: "file" });
  expect(nameParts("a.b")).toEqual({ stem: "", tail: "a.b" });
});
