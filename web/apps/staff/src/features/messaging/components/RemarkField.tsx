import type { Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import { useState } from "react";

import { sentenceOf } from "../../../app/client";
import { showToast } from "../../../app/toast";
import { useInbox, useMessenger } from "../hooks/useMessenger";

/** What I call this customer: kept when the field is left or Enter is pressed. */
export function RemarkField({ personId }: { personId: Id }) {
  const { t } = useLingui();
  const messenger = useMessenger();
  const known = useInbox((state) => state.remarks[personId] ?? "");
  const [draft, setDraft] = useState<string | null>(null);

  const save = async () => {
    const wanted = draft?.trim() ?? known;
    if (wanted === known) {
      setDraft(null);
      return;
    }
    try {
      await messenger.saveRemark(personId, wanted);
      setDraft(null);
      showToast("done", t`备注已保存`);
    } catch (error) {
      showToast("failed", sentenceOf(error));
    }
  };
  return (
    <TextInput
      label={t`备注名`}
      placeholder={t`只有同事能看到`}
      value={draft ?? known}
      maxLength={60}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => void save()}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || event.keyCode === 229) return;
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setDraft(null);
      }}
    />
  );
}
