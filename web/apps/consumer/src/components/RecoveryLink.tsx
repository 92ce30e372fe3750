import { useCallback, useEffect, useRef, useState } from "preact/hooks";

import { HttpFailure, type Door } from "../api";
import { t } from "../texts";
import { fullTime } from "../times";

/** navigator.clipboard exists on secure pages only. */
async function copy(field: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.select();
    return document.execCommand("copy");
  }
}

export function RecoveryLink({ door }: { door: Door }) {
  const fieldRef = useRef<HTMLInputElement>(null);
  const [link, setLink] = useState<{ url: string; expires_at: string } | null>(null);
  const [problem, setProblem] = useState("");
  const [isCopied, setCopied] = useState(false);

  const make = useCallback(() => {
    setProblem("");
    door.recoveryLink().then(setLink, (error: unknown) => {
      setProblem((error instanceof HttpFailure && error.message) || t("failedTryAgain"));
    });
  }, [door]);
  useEffect(make, [make]);

  return (
    <div class="recovery">
      <p>{t("changePhoneBody")}</p>
      <input
        ref={fieldRef}
        readOnly
        aria-label={t("recoveryLink")}
        value={link?.url ?? ""}
        placeholder={t("makingLink")}
        onFocus={(event) => event.currentTarget.select()}
      />
      {problem ? (
        <p class="problem" role="alert">
          {problem}{" "}
          <button type="button" onClick={make}>
            {t("startAgain")}
          </button>
        </p>
      ) : (
        <button type="button" class="main-action" disabled={!link} onClick={() => void copy(fieldRef.current!).then(setCopied)}>
          {t("copy")}
        </button>
      )}
      <p class="soft" role="status">
        {isCopied && <b>{t("copied")} · </b>}
        {t("keepPrivate")}
      </p>
      <p class="soft">{link && t("linkReplaces", { date: fullTime(new Date(link.expires_at)) })}</p>
    </div>
  );
}
