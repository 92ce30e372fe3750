import type { NameCard } from "@hutong/realtime";
import { useEffect, useState } from "preact/hooks";

import type { Door } from "../api";
import { t } from "../texts";
import { Face } from "./Face";

/** Somebody else of the company, as they are now, and where they can be spoken to a link that does it. */
export function ColleagueCard({ card, door }: { card: NameCard; door: Door }) {
  const [now, setNow] = useState<{ name: string; title: string | null; is_active: boolean; way?: string | null }>(card);
  useEffect(() => {
    // Without an answer the card says what was told with it.
    door.card(card.person_id).then(setNow, () => undefined);
  }, [door, card.person_id]);
  return (
    <div class="bubble card">
      <Face name={now.name} url={card.avatar_url} />
      <span>
        <b>{now.name}</b>
        <small>{now.title}</small>
      </span>
      {now.is_active ? now.way && <a href={`/c/${encodeURIComponent(now.way)}`}>{t("talkTo", { name: now.name })}</a> : <small>{t("hasLeft")}</small>}
    </div>
  );
}
