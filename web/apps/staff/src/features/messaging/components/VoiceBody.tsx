import type { Voice } from "@hutong/realtime";
import { VoicePlayer, spokenLength } from "@hutong/ui/voice";
import { useLingui } from "@lingui/react/macro";
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { useMemo, useSyncExternalStore, type CSSProperties, type KeyboardEvent, type PointerEvent } from "react";

import type { Hearing } from "../hooks/useHearing";
import classes from "./Voice.module.css";

const STEP_MS = 2_000;
const FLAT: readonly number[] = Array.from({ length: 24 }, () => 12);

interface VoiceBodyProps {
  /** null: not on the server yet. */
  src: string | null;
  voice: Voice;
  hearing?: Hearing;
}

/** Spoken words: played, stopped, wound to a place, in three speeds. A dot says that one has not listened to them. */
export function VoiceBody({ src, voice, hearing }: VoiceBodyProps) {
  const { t } = useLingui();
  const { duration_ms } = voice;
  const player = useMemo(() => (src ? VoicePlayer.of(src, duration_ms) : new VoicePlayer("", duration_ms)), [src, duration_ms]);
  const { isPlaying, atMs, rate, hasFailed } = useSyncExternalStore(player.subscribe, player.getState);
  const length = spokenLength(duration_ms);
  const place = `${Math.round(atMs / 1000)}″`;
  const isBegun = isPlaying || atMs > 0;
  const share = duration_ms > 0 ? atMs / duration_ms : 0;
  const bars = voice.levels.length > 0 ? voice.levels : FLAT;

  const play = () => {
    if (!isPlaying) hearing?.onPlay();
    player.toggle();
  };
  const windTo = (event: PointerEvent<HTMLElement>) => {
    if (!src || !(event.buttons & 1)) return;
    const { left, width } = event.currentTarget.getBoundingClientRect();
    player.seek(((event.clientX - left) / width) * duration_ms);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const wanted = { ArrowLeft: atMs - STEP_MS, ArrowDown: atMs - STEP_MS, ArrowRight: atMs + STEP_MS, ArrowUp: atMs + STEP_MS, Home: 0, End: duration_ms - 100 }[event.key];
    if (wanted === undefined || !src) return;
    event.preventDefault();
    player.seek(wanted);
  };
  return (
    <div className={classes.voice} style={{ "--bars": bars.length } as CSSProperties}>
      <button type="button" className={classes.play} disabled={!src} aria-label={isPlaying ? t`暂停` : t`播放语音，${length}`} onClick={play}>
        {isPlaying ? <IconPlayerPauseFilled size={18} aria-hidden /> : <IconPlayerPlayFilled size={18} aria-hidden />}
      </button>
      <span
        role="slider"
        tabIndex={src ? 0 : -1}
        className={classes.wave}
        aria-label={t`播放位置`}
        aria-valuemin={0}
        aria-valuemax={Math.round(duration_ms / 1000)}
        aria-valuenow={Math.round(atMs / 1000)}
        aria-valuetext={t`${place}，共 ${length}`}
        onPointerDown={windTo}
        onPointerMove={windTo}
        onKeyDown={onKeyDown}
      >
        {bars.map((level, at) => (
          <i key={at} data-heard={at / bars.length < share || undefined} style={{ height: `${Math.max(10, level)}%` }} />
        ))}
      </span>
      <span className={classes.length} role={hasFailed ? "alert" : undefined}>{hasFailed ? t`放不出来` : isBegun ? spokenLength(Math.max(0, duration_ms - atMs)) : length}</span>
      <button type="button" className={classes.rate} hidden={!isBegun} aria-label={t`播放速度 ${rate} 倍，点按切换`} onClick={() => player.hasten()}>
        {rate}×
      </button>
      {hearing?.isUnheard ? <span role="img" className={classes.unheard} aria-label={t`还没有听`} title={t`还没有听`} /> : null}
    </div>
  );
}
