import type { Messages } from "@lingui/core";

export const catalogs: Record<string, { messages: Messages }> = {
  ...import.meta.glob<{ messages: Messages }>("./locales/en.po", { eager: true }),
  ...import.meta.glob<{ messages: Messages }>("../features/*/locales/en.po", { eager: true }),
};
