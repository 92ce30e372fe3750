import type { PendingFile } from "../files";
import type { Talk } from "../talk";
import { t } from "../texts";
import { fileSize } from "../times";
import { FileFace, OwnRow } from "./Bubble";

/** A video or a file on its way. What it waits for, and what can be done about it. */
export function FileEcho({ file, isKnown, talk }: { file: PendingFile; isKnown: boolean; talk: Talk }) {
  const { client_id, name, size, sent, state, failure } = file;
  const percent = size ? Math.floor((sent / size) * 100) : 0;
  const isPaused = state === "paused";
  const waiting = !isKnown
    ? t("fileWaitsForWords")
    : state === "away"
      ? t("waitingForNetwork")
      : isPaused
        ? t("uploadPaused")
        : state === "waiting"
          ? t("uploadWaits")
          : t("uploading", { percent });
  const canStop = isKnown && !failure && state !== "waiting";
  return (
    <OwnRow
      state={
        <span class={failure ? "mark failed" : "mark"}>
          <span>{failure ? failure.message || t("notSentYet") : waiting}</span>
          {(failure || canStop) && (
            <button type="button" onClick={() => (failure || isPaused ? talk.retry(client_id) : talk.pause(client_id))}>
              {t(failure ? "tryAgain" : isPaused ? "goOn" : "pause")}
            </button>
          )}
          <button type="button" onClick={() => talk.discard(client_id)}>
            {t(failure ? "discard" : "cancel")}
          </button>
        </span>
      }
    >
      <div class="bubble download sending">
        <FileFace name={name} below={sent && !failure ? `${fileSize(sent)} / ${fileSize(size)}` : fileSize(size)} />
        {!failure && isKnown && <progress value={percent} max={100} aria-label={waiting} />}
      </div>
    </OwnRow>
  );
}
