import { useLingui } from "@lingui/react/macro";

import { useSearchPlace } from "../../hooks/useSearchPlace";
import { ConversationFilter } from "./ConversationFilter";
import { DayFilter } from "./DayFilter";
import { KindFilter } from "./KindFilter";
import classes from "./Search.module.css";
import { SenderFilter } from "./SenderFilter";

/** By conversation, person, kind and days. */
export function SearchFilterBar() {
  const { t } = useLingui();
  const { filters, filter } = useSearchPlace();
  return (
    <div className={classes.filters} role="group" aria-label={t`筛选消息`}>
      <ConversationFilter value={filters.conversationId} onChange={(conversationId) => filter({ conversationId })} />
      <SenderFilter value={filters.senderId} conversationId={filters.conversationId} onChange={(senderId) => filter({ senderId })} />
      <KindFilter value={filters.kind} onChange={(kind) => filter({ kind })} />
      <DayFilter value={filters} onChange={filter} />
    </div>
  );
}
