import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Stylesheets are empty in tests, but for the one whose colours are reckoned with.
    css: { include: [/tokens\.css/] },
    include: ["apps/**/*.test.{ts,tsx}", "packages/**/*.test.{ts,tsx}"],
    // Pure rules need no browser; a test that does says so with `// @vitest-environment jsdom`.
    environment: "node",
    // Times are shown in the reader's zone: one zone for every machine that runs the tests.
    env: { TZ: "Asia/Shanghai" },
  },
});
