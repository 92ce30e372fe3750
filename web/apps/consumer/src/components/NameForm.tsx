import { useState } from "preact/hooks";

import { HttpFailure } from "../api";
import { keep } from "../keepsakes";
import type { Talk } from "../talk";
import { t } from "../texts";

interface NameFormProps {
  talk: Talk;
  name: string;
  onSaved: () => void;
}

export function NameForm({ talk, name, onSaved }: NameFormProps) {
  const [written, setWritten] = useState(name);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");

  const save = async (event: Event) => {
    event.preventDefault();
    const chosen = written.trim();
    if (!chosen) return;
    setBusy(true);
    setProblem("");
    try {
      await talk.callMe(chosen);
      keep("named", talk.token, "yes");
      onSaved();
    } catch (error) {
      setProblem((error instanceof HttpFailure && error.message) || t("failedTryAgain"));
    }
    setBusy(false);
  };

  return (
    <form class="name-form" onSubmit={(event) => void save(event)}>
      <input
        aria-label={t("name")}
        placeholder={t("name")}
        value={written}
        maxLength={64}
        autocomplete="name"
        enterkeyhint="done"
        onInput={(event) => setWritten(event.currentTarget.value)}
        onKeyDown={(event) => {
          // A browser would submit on the Enter that only picks a word.
          if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault();
        }}
      />
      <button type="submit" class="main-action" disabled={isBusy || !written.trim()}>
        {t("save")}
      </button>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
