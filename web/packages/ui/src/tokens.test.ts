/// <reference types="vite/client" />
import { expect, test } from "vitest";

import css from "./tokens.css?raw";

type Tokens = Record<string, string>;

/** The colours of the block whose selector begins with the text. */
function tokensOf(selector: string): Tokens {
  const from = css.indexOf(selector);
  const block = css.slice(css.indexOf("{", from) + 1, css.indexOf("}", from));
  return Object.fromEntries([...block.matchAll(/--ht-([\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1] ?? "", match[2] ?? ""]));
}

const light = tokensOf(":root {");
const darkBySystem = tokensOf(":root:not(");
const darkByChoice = tokensOf(':root[data-mantine-color-scheme="dark"]');

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const SURFACES = ["rail", "list", "main", "raised", "hover", "pressed", "selected", "accent-soft", "bubble-own", "bubble-other"];
const TEXTS = ["text", "text-soft", "accent-text"];
/** Letters and the one ground they stand on. */
const PAIRS = [
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-badge", "badge"],
  ["external", "external-soft"],
  ["danger", "danger-soft"],
  ["danger", "main"],
  ["danger", "list"],
  ["danger", "raised"],
  ["success", "success-soft"],
  ["success", "list"],
];

test.each([["light", light], ["dark", darkByChoice]] as const)("every text reads on every surface, %s (WCAG AA)", (_name, tokens) => {
  const pairs = [...TEXTS.flatMap((text) => SURFACES.map((surface) => [text, surface])), ...PAIRS];
  const faint = pairs
    .map(([text = "", surface = ""]) => ({ text, surface, ratio: contrast(tokens[text] ?? "", tokens[surface] ?? "") }))
    .filter(({ ratio }) => !(ratio >= 4.5));
  expect(faint).toEqual([]);
});

test("dark is the same dark, whether the system or the reader chose it", () => {
  expect(Object.keys(darkByChoice).length).toBeGreaterThan(20);
  expect(darkBySystem).toEqual(darkByChoice);
});
