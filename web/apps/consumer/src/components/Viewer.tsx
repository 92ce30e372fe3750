import { useState } from "preact/hooks";

import { t } from "../texts";
import { Sheet } from "./Sheet";

export interface Viewed {
  src: string;
  name: string;
  /** Without it a picture. */
  as?: "video" | "sound";
}

export function Viewer({ viewed, onClose }: { viewed: Viewed; onClose: () => void }) {
  const { src, name, as } = viewed;
  const [hasFailed, setFailed] = useState(false);
  const fail = () => setFailed(true);
  // What people film has no subtitles.
  /* eslint-disable jsx-a11y/media-has-caption */
  return (
    <Sheet title={as ? name : t("picture")} kind="viewer" onClose={onClose}>
      {hasFailed ? (
        <p role="alert">{t("unplayableHere")}</p>
      ) : as === "video" ? (
        <video src={src} controls autoPlay playsInline aria-label={name} onError={fail} />
      ) : as === "sound" ? (
        <audio src={src} controls autoPlay aria-label={name} onError={fail} />
      ) : (
        <img src={src} alt={name} />
      )}
      <a href={src} download={name}>
        {t(as ? "download" : "originalPicture")}
      </a>
    </Sheet>
  );
}
