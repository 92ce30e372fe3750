import { useState } from "preact/hooks";

import type { Talk } from "../talk";
import type { TalkState } from "../talkState";
import { t } from "../texts";
import { Face } from "./Face";
import { Icon } from "./Icon";
import { MoreSheet } from "./MoreSheet";

export function Header({ talk, state }: { talk: Talk; state: TalkState }) {
  const [isOpen, setOpen] = useState(false);
  if (!state.way) {
    return (
      <header class="head" aria-busy="true" aria-label={t("loading")}>
        <span class="face skeleton" />
        <div class="who">
          <h1>
            <span class="skeleton line" />
          </h1>
          <p>
            <span class="skeleton line short" />
          </p>
        </div>
      </header>
    );
  }
  const { member, company } = state.way;
  const place = member.title ? t("titleAtCompany", { title: member.title, company: company.name }) : company.name;
  return (
    <header class="head">
      <Face name={member.name} url={member.avatar_url} />
      <div class="who">
        <h1>{member.name}</h1>
        {/* In the place of the title, so that nothing moves. */}
        <p>{state.isPeerTyping ? t("peerTyping") : place}</p>
      </div>
      {state.me && state.phase === "ready" && (
        <button type="button" class="icon" aria-label={t("more")} aria-haspopup="dialog" onClick={() => setOpen(true)}>
          <Icon name="more" />
        </button>
      )}
      {isOpen && <MoreSheet talk={talk} state={state} onClose={() => setOpen(false)} />}
    </header>
  );
}
