export interface BrowserDescription {
  browser: string;
  system: string;
  isPhone: boolean;
}

// In this order: WeChat and Edge also say Chrome, and Chrome also says Safari.
const BROWSERS: readonly [RegExp, string][] = [
  [/MicroMessenger\//, "WeChat"],
  [/Edg(e|A|iOS)?\//, "Edge"],
  [/(Firefox|FxiOS)\//, "Firefox"],
  [/(OPR|Opera)\//, "Opera"],
  [/(Chrome|CriOS|HeadlessChrome|Chromium)\//, "Chrome"],
  [/Safari\//, "Safari"],
];

const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/HarmonyOS|OpenHarmony/, "HarmonyOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/Linux/, "Linux"],
];

function firstMatch(table: readonly [RegExp, string][], text: string): string {
  return table.find(([pattern]) => pattern.test(text))?.[1] ?? "";
}

/** What a person recognises of a User-Agent header; empty where it says nothing. */
export function describeBrowser(userAgent: string | null): BrowserDescription {
  const text = userAgent ?? "";
  return { browser: firstMatch(BROWSERS, text), system: firstMatch(SYSTEMS, text), isPhone: /Mobile|iPhone|Android/.test(text) };
}
