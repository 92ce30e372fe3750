import type { Messages } from "@lingui/core";

export const catalogs: Record<string, { messages: Messages }> = {
  ...import.meta.glob<{ messages: Messages }>("./locales/zh-CN.po", { eager: true }),
  ...import.meta.glob<{ messages: Messages }>("../features/*/locales/zh-CN.po", { eager: true }),
};
