import { useEffect, useState } from "preact/hooks";

import type { TalkState } from "../talkState";
import { t } from "../texts";

/** A line that drops for a moment is nobody's concern. */
const CALM_MS = 3_000;

function useLasting(isTrue: boolean): boolean {
  const [hasLasted, setLasted] = useState(false);
  useEffect(() => {
    setLasted(false);
    if (!isTrue) return;
    const timer = setTimeout(() => setLasted(true), CALM_MS);
    return () => clearTimeout(timer);
  }, [isTrue]);
  return isTrue && hasLasted;
}

/** What is wrong with the line, laid over the talk so that nothing moves. */
export function Banner({ state }: { state: TalkState }) {
  const isUnreachable = useLasting(state.isUnreachable);
  const isOffline = useLasting(
    state.line === "offline" || (state.line === "idle" && state.outgoing.some((message) => message.failure?.retry)),
  );
  if (state.phase === "ended") {
    return (
      <div class="banner" role="status">
        {t("ended")}{" "}
        <button type="button" onClick={() => location.reload()}>
          {t("startAgain")}
        </button>
      </div>
    );
  }
  const text = isOffline ? t("offline") : isUnreachable ? t("cannotReach") : "";
  return (
    <div class={text ? "banner" : "banner gone"} role="status">
      {text}
    </div>
  );
}
