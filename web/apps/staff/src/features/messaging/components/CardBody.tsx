import type { NameCard } from "@hutong/realtime";
import { Face } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { sentenceOf } from "../../../app/client";
import { showToast } from "../../../app/toast";
import { memberQuery } from "../../directory";
import { useInbox } from "../hooks/useMessenger";
import { useStartChat } from "../hooks/useStartChat";
import classes from "./Card.module.css";

/** A colleague as they are now: a click reads more of them, another one talks to them. */
export function CardBody({ card }: { card: NameCard }) {
  const { t } = useLingui();
  const { data } = useQuery(memberQuery(card.person_id));
  const isMe = useInbox((state) => state.personId === card.person_id);
  const { openDirectWith } = useStartChat();
  const { name, title, is_active } = data ?? card;
  const talk = () => void openDirectWith(card.person_id).catch((error: unknown) => showToast("failed", sentenceOf(error)));
  return (
    <div className={classes.card}>
      <Link to="/directory" search={{ member: card.person_id }} className={classes.who} aria-label={t`${name}的名片`}>
        <Face person={{ id: card.person_id, name }} size={44} isMuted={!is_active} />
        <span className={classes.lines}>
          <strong>{name}</strong>
          <span>{title ?? "\u00a0"}</span>
        </span>
      </Link>
      <div className={classes.foot}>
        <span>{is_active ? t`名片` : t`已离开企业`}</span>
        {is_active && !isMe ? (
          <button type="button" onClick={talk} aria-label={t`发消息给 ${name}`}>
            {t`发消息`}
          </button>
        ) : null}
      </div>
    </div>
  );
}
