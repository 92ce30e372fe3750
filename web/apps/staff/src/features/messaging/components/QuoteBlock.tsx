import type { Id, Quote } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";

import { useInbox } from "../hooks/useMessenger";
import { useQuoteText } from "../hooks/useWords";
import { personName } from "../state/selectors";
import classes from "./Quote.module.css";

/** What a message answers, above its words; a click goes there. */
export function QuoteBlock({ conversationId, quote }: { conversationId: Id; quote: Quote }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const name = useInbox((state) => (quote.sender_id === state.personId ? t`我` : personName(state, quote.sender_id) || "…"));
  const text = useQuoteText(conversationId)(quote);
  const go = () => void navigate({ to: "/chats/$conversationId/$seq", params: { conversationId, seq: String(quote.seq) } });
  return (
    <button type="button" className={classes.quote} onClick={go} aria-label={t`回复 ${name}：${text}，跳到原消息`}>
      <span className={classes.name}>{name}</span>
      <span className={classes.words}>{text}</span>
    </button>
  );
}
