import { useState } from "preact/hooks";

import { keep, recall } from "../keepsakes";
import type { Talk } from "../talk";
import type { TalkState } from "../talkState";
import { isGuestName, t } from "../texts";
import { Icon } from "./Icon";
import { NameForm } from "./NameForm";

/** Asked once, after the first message went through, and easy to wave away. */
export function NameCard({ talk, state }: { talk: Talk; state: TalkState }) {
  const [isDone, setDone] = useState(() => recall("named", talk.token) !== "");
  const hasSpoken = state.log.items.some((message) => message.sender_id === state.me?.person_id);
  const hasName = state.me !== null && state.me.name !== "" && !isGuestName(state.me.name);
  if (isDone || hasName || !hasSpoken || !state.way || state.phase !== "ready") return null;
  return (
    <section class="name-card" aria-label={t("nameQuestion")}>
      <div class="panel-head">
        <h2>{t("nameQuestion")}</h2>
        <button
          type="button"
          class="icon"
          aria-label={t("notNow")}
          onClick={() => {
            keep("named", talk.token, "no");
            setDone(true);
          }}
        >
          <Icon name="close" />
        </button>
      </div>
      <NameForm talk={talk} name="" onSaved={() => setDone(true)} />
    </section>
  );
}
