import { LONGEST_MS, RecordingFailed, VoiceRecorder, type Recorded, type RecordingTrouble } from "@hutong/ui/voice";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { IconSend2, IconTrash } from "@tabler/icons-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";

import { showToast } from "../../../app/toast";
import classes from "./Voice.module.css";

const SHOWN = 48;

interface RecordingBarProps {
  onSend: (recorded: Recorded) => void;
  onClose: () => void;
}

/** In the field's place while one speaks. Enter sends, Escape throws it away; after a minute it waits for either. */
export function RecordingBar({ onSend, onClose }: RecordingBarProps) {
  const { t } = useLingui();
  const recorder = useRef<VoiceRecorder | null>(null);
  const bar = useRef<HTMLDivElement>(null);
  const [measured, setMeasured] = useState<{ elapsedMs: number; levels: readonly number[] } | null>(null);
  const sentenceOf = useTroubleText();
  const troubled = useRef((_: unknown) => {});
  useEffect(() => {
    troubled.current = (error) => {
      showToast("failed", sentenceOf(error instanceof RecordingFailed ? error.trouble : "unknown"));
      onClose();
    };
  });

  useEffect(() => {
    let isGone = false;
    bar.current?.focus({ preventScroll: true });
    VoiceRecorder.start((elapsedMs, level) => setMeasured((before) => ({ elapsedMs, levels: [...(before?.levels ?? []), level].slice(-SHOWN) }))).then(
      (started) => {
        if (isGone) started.cancel();
        else recorder.current = started;
      },
      (error: unknown) => {
        if (!isGone) troubled.current(error);
      },
    );
    return () => {
      isGone = true;
      recorder.current?.cancel();
    };
  }, []);

  const send = async () => {
    // Once, however often Enter is pressed.
    const ending = recorder.current;
    recorder.current = null;
    if (!ending) return;
    const recorded = await ending.finish();
    if (recorded) onSend(recorded);
    else showToast("failed", t`说话时间太短，没有发送。`);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // On a button Enter is that button's.
    const isSend = event.key === "Enter" && event.target === bar.current;
    if (event.key !== "Escape" && !isSend) return;
    event.preventDefault();
    if (isSend) void send();
    else onClose();
  };
  const elapsedMs = measured?.elapsedMs ?? 0;
  const left = Math.ceil((LONGEST_MS - elapsedMs) / 1000);
  return (
    // Escape, wherever in the bar one is.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div ref={bar} className={classes.recording} role="group" aria-label={t`正在录音`} tabIndex={-1} onKeyDown={onKeyDown}>
      <ActionIcon className={classes.tool} variant="subtle" color="gray" size={36} aria-label={t`取消录音`} title="Esc" onClick={onClose}>
        <IconTrash size={20} stroke={1.7} aria-hidden />
      </ActionIcon>
      <span className={classes.dot} data-waiting={measured === null || undefined} aria-hidden="true" />
      <span className={classes.time} role="timer">{measured ? `${Math.floor(elapsedMs / 1000)}″` : t`等待麦克风…`}</span>
      <span className={classes.meter} aria-hidden="true">
        {measured?.levels.map((level, at) => <i key={at} style={{ height: `${Math.max(8, level)}%` }} />)}
      </span>
      <span className={classes.left} role="status">{left <= 10 ? (left > 0 ? t`还能录 ${left} 秒` : t`录满一分钟了`) : ""}</span>
      <ActionIcon className={classes.send} variant="filled" size={36} radius={10} aria-label={t`发送语音`} title={t`发送语音`} disabled={measured === null} onClick={() => void send()}>
        <IconSend2 size={19} stroke={1.8} aria-hidden />
      </ActionIcon>
    </div>
  );
}

function useTroubleText(): (trouble: RecordingTrouble) => string {
  const { t } = useLingui();
  return (trouble) =>
    ({
      denied: t`浏览器没有允许使用麦克风。请点地址栏左边的图标，允许麦克风，再试一次。`,
      missing: t`没有找到可用的麦克风。请接好麦克风，或关闭正在使用它的程序。`,
      insecure: t`这个浏览器不能录音。请用 https 打开，或换新一些的浏览器。`,
      unknown: t`录音没有开始，请再试一次。`,
    })[trouble];
}
