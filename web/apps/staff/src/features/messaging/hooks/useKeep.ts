import type { Id } from "@hutong/realtime";
import { useCallback } from "react";

import { sentenceOf } from "../../../app/client";
import { showToast } from "../../../app/toast";
import type { SettingsChange } from "../state/settings";
import { useMessenger } from "./useMessenger";

/** Changes what one keeps for oneself about a conversation; what is refused is told. */
export function useKeep(): (id: Id, change: SettingsChange) => void {
  const { keeping } = useMessenger();
  return useCallback(
    (id, change) => void keeping.keep(id, change).catch((error: unknown) => showToast("failed", sentenceOf(error))),
    [keeping],
  );
}
