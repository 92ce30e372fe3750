import type { ListedTopic } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { useCallback } from "react";

import { MOST_COUNTED } from "../../state/topics";

/** How much was said in a topic. */
export function useCountText(): (topic: Pick<ListedTopic, "message_count">) => string {
  const { t } = useLingui();
  return useCallback(({ message_count: count }) => (count >= MOST_COUNTED ? t`99 条以上` : t`${count} 条`), [t]);
}
