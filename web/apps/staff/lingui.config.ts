import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

/** One catalog a room: whoever changes a room's texts touches that room's folder only. */
export default defineConfig({
  sourceLocale: "zh-CN",
  locales: ["zh-CN", "en"],
  // Line numbers would change the catalogs with every edit of the code around a text.
  format: formatter({ lineNumbers: false }),
  catalogs: [
    { path: "<rootDir>/src/app/locales/{locale}", include: ["<rootDir>/src/app"] },
    { path: "<rootDir>/src/features/{name}/locales/{locale}", include: ["<rootDir>/src/features/{name}"] },
  ],
});
