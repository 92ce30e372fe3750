import { LONGEST_MS, RecordingFailed, VoiceRecorder, type Recorded } from "@hutong/ui/voice";
import { useEffect, useRef, useState } from "preact/hooks";

import { t } from "../texts";
import { Icon } from "./Icon";

const TROUBLES = { denied: "micDenied", missing: "micMissing", insecure: "micInsecure", unknown: "micUnknown" } as const;
const SHOWN = 32;

interface RecordingProps {
  onSend: (recorded: Recorded) => void;
  onClose: () => void;
}

/** In the composer's place while one speaks. What went wrong stands there until it is waved away. */
export function Recording({ onSend, onClose }: RecordingProps) {
  const recorderRef = useRef<VoiceRecorder | null>(null);
  const [elapsedMs, setElapsedMs] = useState<number | null>(null);
  const [levels, setLevels] = useState<readonly number[]>([]);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let isGone = false;
    VoiceRecorder.start((elapsed, level) => {
      setElapsedMs(elapsed);
      setLevels((before) => [...before, level].slice(-SHOWN));
    }).then(
      (started) => {
        if (isGone) started.cancel();
        else recorderRef.current = started;
      },
      (error: unknown) => setProblem(t(TROUBLES[error instanceof RecordingFailed ? error.trouble : "unknown"])),
    );
    return () => {
      isGone = true;
      recorderRef.current?.cancel();
    };
  }, []);
  const send = async () => {
    // Once, however often it is pressed.
    const ending = recorderRef.current;
    recorderRef.current = null;
    if (!ending) return;
    const recorded = await ending.finish();
    if (!recorded) return setProblem(t("tooShort"));
    onSend(recorded);
    onClose();
  };
  const left = Math.ceil((LONGEST_MS - (elapsedMs ?? 0)) / 1000);
  const time = elapsedMs === null ? t("waitingForMicrophone") : `${Math.floor(elapsedMs / 1000)}″`;
  return (
    <div class="composer recording" role="group" aria-label={t("recording")}>
      <button type="button" class="icon" aria-label={problem ? t("close") : t("cancel")} onClick={onClose}>
        <Icon name={problem ? "close" : "trash"} />
      </button>
      {problem ? (
        <p role="alert">{problem}</p>
      ) : (
        <>
          <span role="timer">{time}</span>
          <span class="meter" aria-hidden="true">
            {levels.map((level) => (
              <i style={{ height: `${Math.max(8, level)}%` }} />
            ))}
          </span>
          <span role="status">{left <= 10 && t("secondsLeft", { count: left })}</span>
          <button type="button" class="send" disabled={elapsedMs === null} aria-label={t("sendVoice")} onClick={() => void send()}>
            {t("send")}
          </button>
        </>
      )}
    </div>
  );
}
