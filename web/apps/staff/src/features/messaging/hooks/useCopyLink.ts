import { useLingui } from "@lingui/react/macro";

import type { Said } from "../components/MadeOf";
import { useCopy } from "./useCopy";

/** A message's address, which opens its chat at its place for whoever may read it. */
export function useCopyLink(): (said: Said) => void {
  const { t } = useLingui();
  const copy = useCopy();
  return ({ conversationId, seq }) => void copy(`${location.origin}/chats/${conversationId}/${seq}`, t`链接已复制`);
}
