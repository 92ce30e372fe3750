import { expect, it } from "vitest";

import { isGuestName, languageOf, texts } from "../src/texts";

const placesOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, place]) => place).sort();
const names = Object.keys(texts["zh-CN"]) as (keyof (typeof texts)["zh-CN"])[];
const files = import.meta.glob<string>(["../src/**/*.{ts,tsx}", "!../src/texts.ts"], { query: "?raw", import: "default", eager: true });
const sources = Object.entries(files).map(([name, text]) => ({ name, text }));

it.each(names)("%s is there in every language, with the same places", (name) => {
  const chinese = texts["zh-CN"][name];
  expect(chinese.trim()).not.toBe("");
  expect((texts.en[name] ?? "").trim()).not.toBe("");
  expect(placesOf(texts.en[name])).toEqual(placesOf(chinese));
});

it("no language has a text of its own", () => {
  expect(Object.keys(texts.en).sort()).toEqual([...names].sort());
});

it("no text stands in the code, and none is left over", () => {
  for (const { name, text } of sources) {
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    expect(code.match(/\p{Script=Han}+/gu), name).toBeNull();
    expect(code.match(/>\s*[A-Z][a-z]+ [a-z]+[^<>]*<\//), name).toBeNull();
  }
  const used = sources.map(({ text }) => text).join("\n");
  expect(names.filter((name) => name !== "guestName" && !used.includes(`"${name}"`))).toEqual([]);
});

it("Chinese for whoever reads Chinese or does not say, English for the others", () => {
  expect([[], ["zh-CN"], ["zh-TW", "en"], ["zh"]].map(languageOf)).toEqual(Array(4).fill("zh-CN"));
  expect([["en-GB", "zh"], ["de"]].map(languageOf)).toEqual(["en", "en"]);
});

it("a name of the server's own making is no name", () => {
  expect(["访客DZUE", "Visitor ABCD", "访客先生", "吴女士", ""].map(isGuestName)).toEqual([true, true, false, false, false]);
});
