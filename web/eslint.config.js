import js from "@eslint/js";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import globals from "globals";
import ts from "typescript-eslint";

/** Names that say nothing about what a file holds; see STYLE. */
const EMPTY_NAMES = ["utils", "helpers", "common", "manager"];

export default ts.config(
  { ignores: ["dist/**", "**/node_modules/**", "**/generated/**"] },
  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: { allowDefaultProject: ["*.js", "*.ts", "apps/*/*.ts", "apps/*/*.mjs", "apps/*/public/*.js"] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "max-lines": ["error", { max: 400 }],
      "no-eval": "error",
      "no-console": "error",
      eqeqeq: "error",
      "no-restricted-imports": ["error", { patterns: EMPTY_NAMES.map((name) => ({ group: [`**/${name}`], message: "Name the file for what it holds." })) }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      // TanStack Router's redirect is thrown by design.
      "@typescript-eslint/only-throw-error": ["error", { allow: [{ from: "package", package: "@tanstack/router-core", name: "Redirect" }] }],
    },
  },
  { ...a11y.flatConfigs.recommended, files: ["**/*.tsx"] },
  { files: ["**/*.{ts,tsx}"], plugins: { "react-hooks": hooks }, rules: hooks.configs.recommended.rules },
  { files: ["**/*.config.{js,ts}", "*.js", "**/*.mjs"], languageOptions: { globals: globals.node } },
  { files: ["**/public/*.js"], languageOptions: { globals: globals.serviceworker } },
  { files: ["*.js", "**/public/*.js", "**/*.config.ts", "**/*.mjs"], ...ts.configs.disableTypeChecked },
  { files: ["**/*.test.{ts,tsx}"], rules: { "@typescript-eslint/unbound-method": "off" } },
);
