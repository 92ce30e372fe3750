import { useLingui } from "@lingui/react/macro";
import { useCallback } from "react";

import { showToast } from "../../../app/toast";
import { copyText } from "./copyText";

/** Copies a text and says that it is `done`, or what to do where the browser does not let us. */
export function useCopy(): (text: string, done: string) => Promise<void> {
  const { t } = useLingui();
  return useCallback(
    async (text, done) => {
      const isCopied = await copyText(text);
      showToast(isCopied ? "done" : "failed", isCopied ? done : t`浏览器不允许复制，请手动选择文字。`);
    },
    [t],
  );
}
