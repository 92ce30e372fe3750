import { fileSize } from "@hutong/i18n";
import type { StoredFile } from "@hutong/realtime";
import { playTime } from "@hutong/ui/play";
import { useLingui } from "@lingui/react/macro";
import { IconPlayerPlayFilled } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";

import classes from "./Message.module.css";
import { boxFor } from "./MessageImage";

/** A film by its first picture, with how long and how large it is; a click plays it. */
export function MessageVideo({ file, src, onOpen }: { file: StoredFile; src: string; onOpen: () => void }) {
  const { t } = useLingui();
  const place = useRef<HTMLButtonElement>(null);
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    // Each costs a request or two: only those that come into sight are asked for.
    const watch = new IntersectionObserver((entries) => (entries.some((it) => it.isIntersecting) ? setIsNear(true) : undefined), { rootMargin: "300px" });
    watch.observe(place.current!);
    return () => watch.disconnect();
  }, []);
  const { width, height } = boxFor(file);
  const facts = [file.duration_ms ? playTime(file.duration_ms) : null, fileSize(file.size)].filter(Boolean).join(" · ");
  return (
    <button
      ref={place}
      type="button"
      className={classes.image}
      data-video
      style={{ width, aspectRatio: `${width} / ${height}` }}
      aria-label={t`播放视频 ${file.name}，${facts}`}
      onClick={onOpen}
    >
      {/* Not at 0: iPhones show the picture at a time, and none before it. */}
      {isNear ? <video src={`${src}#t=0.1`} preload="metadata" muted playsInline tabIndex={-1} aria-hidden /> : null}
      <span className={classes.playSign}>
        <IconPlayerPlayFilled size={24} aria-hidden />
      </span>
      <span className={classes.videoFacts} aria-hidden>{facts}</span>
    </button>
  );
}
