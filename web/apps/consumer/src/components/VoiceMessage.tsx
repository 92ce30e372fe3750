import type { Voice } from "@hutong/realtime";
import { spokenLength, VoicePlayer } from "@hutong/ui/voice";
import { useEffect, useMemo, useState } from "preact/hooks";

import { t } from "../texts";
import { Icon } from "./Icon";

/** Spoken words, one's own before they are sent too. */
export function VoiceMessage({ src, voice }: { src: string; voice: Voice }) {
  const player = useMemo(() => VoicePlayer.of(src, voice.duration_ms), [src, voice.duration_ms]);
  const [{ isPlaying, atMs, rate, hasFailed }, setState] = useState(player.getState());
  useEffect(() => {
    setState(player.getState());
    return player.subscribe(() => setState(player.getState()));
  }, [player]);
  const length = spokenLength(voice.duration_ms);
  const isBegun = isPlaying || atMs > 0;
  return (
    <div class="bubble voice">
      <button type="button" class="icon" aria-label={isPlaying ? t("pause") : t("playVoice", { length })} onClick={() => player.toggle()}>
        <Icon name={isPlaying ? "pause" : "play"} />
      </button>
      <input
        type="range"
        min={0}
        max={voice.duration_ms}
        step={100}
        value={atMs}
        aria-label={t("playPlace")}
        aria-valuetext={`${Math.round(atMs / 1000)}″ / ${length}`}
        onInput={(event) => player.seek(+event.currentTarget.value)}
      />
      <span role={hasFailed ? "alert" : undefined}>{hasFailed ? t("unplayable") : length}</span>
      {isBegun && (
        <button type="button" class="rate" aria-label={t("playRate", { rate })} onClick={() => player.hasten()}>
          {rate}×
        </button>
      )}
    </div>
  );
}
