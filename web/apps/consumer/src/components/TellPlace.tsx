import type { Location } from "@hutong/realtime";
import { coordinatesOf, LocatingFailed, locate } from "@hutong/ui/location";
import { useEffect, useState } from "preact/hooks";

import { t } from "../texts";
import { Icon } from "./Icon";

const TROUBLES = { denied: "placeDenied", unavailable: "placeUnavailable", slow: "placeSlow", insecure: "placeInsecure" } as const;

interface TellPlaceProps {
  name: string;
  onSend: (location: Location) => void;
  onClose: () => void;
}

/** In the composer's place: where one is, how surely, and whether to tell it. Found and kept without a network, too. */
export function TellPlace({ name, onSend, onClose }: TellPlaceProps) {
  const [found, setFound] = useState<{ lat: number; lon: number; accuracy_m: number } | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let isGone = false;
    locate().then(
      (here) => !isGone && setFound(here),
      (error: unknown) => !isGone && setProblem(t(TROUBLES[error instanceof LocatingFailed ? error.trouble : "unavailable"])),
    );
    return () => {
      isGone = true;
    };
  }, []);
  const send = () => {
    onSend({ ...found!, datum: "wgs84", name: "", address: "" });
    onClose();
  };
  return (
    <div class="composer recording" role="group" aria-label={t("sendPlace")}>
      <button type="button" class="icon" aria-label={t(problem ? "close" : "cancel")} onClick={onClose}>
        <Icon name="close" />
      </button>
      {problem ? (
        <p role="alert">{problem}</p>
      ) : (
        <>
          <span class="telling" role="status">
            {found ? (
              <>
                <b>{t("tellPlaceTo", { name })}</b>
                <small>
                  {coordinatesOf(found)} · {t("accuracy", { metres: found.accuracy_m })}
                </small>
              </>
            ) : (
              t("locating")
            )}
          </span>
          <button type="button" class="send" disabled={!found} aria-label={t("sendPlace")} onClick={send}>
            {t("send")}
          </button>
        </>
      )}
    </div>
  );
}
