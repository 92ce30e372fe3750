import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** What the server was heard saying, for the reducers to replay: kept ones, or those that a test has just made. */
function readRecordings(): Record<string, string> {
  const folder = process.env.HUTONG_RECORDINGS ?? new URL("../tests/contract/vectors", import.meta.url).pathname;
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

export default defineConfig({
  test: {
    provide: { recordings: readRecordings() },
    // Stylesheets are empty in tests, but for the one whose colours are reckoned with.
    css: { include: [/tokens\.css/] },
    include: ["apps/**/*.test.{ts,tsx}", "packages/**/*.test.{ts,tsx}"],
    // Pure rules need no browser; a test that does says so with `// @vitest-environment jsdom`.
    environment: "node",
    // Times are shown in the reader's zone: one zone for every machine that runs the tests.
    env: { TZ: "Asia/Shanghai" },
  },
});
