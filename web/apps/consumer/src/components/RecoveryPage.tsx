import { useEffect, useLayoutEffect, useState } from "preact/hooks";

import { HttpFailure, lookAtRecovery, recover, type Host } from "../api";
import { t } from "../texts";
import { Face } from "./Face";
import { Sentence } from "./Sentence";

/** Where a recovery link leads. Looking changes nothing; the tap brings the talk to this device. */
export function RecoveryPage({ secret }: { secret: string }) {
  const [host, setHost] = useState<Host | null>(null);
  const [problem, setProblem] = useState<"gone" | "unreachable" | null>(null);
  const [isBusy, setBusy] = useState(false);

  const failed = (error: unknown) => {
    setProblem(error instanceof HttpFailure && error.status === 404 ? "gone" : "unreachable");
    setBusy(false);
  };
  const look = () => {
    setProblem(null);
    lookAtRecovery(secret).then(setHost, failed);
  };
  useEffect(look, [secret]);
  useLayoutEffect(() => {
    if (host) document.title = t("recoverTitle", { name: host.member.name });
  }, [host]);

  const goOn = () => {
    setBusy(true);
    setProblem(null);
    recover(secret).then(({ way }) => location.replace(`/c/${encodeURIComponent(way)}`), failed);
  };

  if (problem === "gone") return <Sentence title={t("recoveryMissingTitle")} body={t("recoveryMissingBody")} />;
  if (!host) {
    return (
      <main class="sentence" aria-busy={problem === null}>
        <span class="face large skeleton" />
        <h1>
          <span class="skeleton line" />
        </h1>
        {problem && (
          <p role="alert">
            {t("cannotReach")}{" "}
            <button type="button" onClick={look}>
              {t("startAgain")}
            </button>
          </p>
        )}
      </main>
    );
  }
  const { member, company } = host;
  return (
    <main class="sentence">
      <Face name={member.name} url={member.avatar_url} isLarge />
      <h1>{t("recoverTitle", { name: member.name })}</h1>
      <p class="soft">{member.title ? t("titleAtCompany", { title: member.title, company: company.name }) : company.name}</p>
      <p>{t("recoverBody")}</p>
      <button type="button" class="main-action" disabled={isBusy} onClick={goOn}>
        {t("continueTalk")}
      </button>
      {problem && (
        <p class="problem" role="alert">
          {t("failedTryAgain")}
        </p>
      )}
    </main>
  );
}
