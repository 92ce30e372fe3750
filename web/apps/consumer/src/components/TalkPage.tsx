import { useEffect, useLayoutEffect, useState } from "preact/hooks";

import type { Talk } from "../talk";
import type { TalkState } from "../talkState";
import { t } from "../texts";
import { Banner } from "./Banner";
import { Composer } from "./Composer";
import { Face } from "./Face";
import { Header } from "./Header";
import { MessageList } from "./MessageList";
import { NameCard } from "./NameCard";
import { Sentence } from "./Sentence";

function useTalk(talk: Talk): TalkState {
  const [state, setState] = useState(talk.state);
  useEffect(() => {
    // Between the first rendering and this effect something may have been heard.
    setState(talk.state);
    return talk.subscribe(() => setState(talk.state));
  }, [talk]);
  return state;
}

/** Before the first word: whom one is about to talk to. */
function Greeting({ state }: { state: TalkState }) {
  if (!state.way) return null;
  const { member } = state.way;
  return (
    <div class="greeting">
      <Face name={member.name} url={member.avatar_url} isLarge />
      <p>{t("startHere", { name: member.name })}</p>
      <p class="soft">{t("startFree")}</p>
    </div>
  );
}

export function TalkPage({ talk }: { talk: Talk }) {
  const state = useTalk(talk);
  const name = state.way?.member.name;
  useLayoutEffect(() => {
    if (name) document.title = t("pageTitle", { name });
  }, [name]);

  if (state.phase === "missing") {
    return <Sentence title={t("missingTitle")} body={t("missingBody")} />;
  }
  const isEmpty = !state.me && !state.outgoing.length && !state.pictures.length && !state.files.length;
  return (
    <div class="page">
      <Header talk={talk} state={state} />
      <main class="talk">
        {isEmpty ? <Greeting state={state} /> : <MessageList talk={talk} state={state} />}
        <Banner state={state} />
      </main>
      <NameCard talk={talk} state={state} />
      <Composer talk={talk} isEnded={state.phase === "ended"} />
    </div>
  );
}
