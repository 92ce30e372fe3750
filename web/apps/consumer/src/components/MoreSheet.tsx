import { useState } from "preact/hooks";

import type { Talk } from "../talk";
import type { TalkState } from "../talkState";
import { isGuestName, t } from "../texts";
import { Icon } from "./Icon";
import { NameForm } from "./NameForm";
import { RecoveryLink } from "./RecoveryLink";
import { Sheet } from "./Sheet";

export function MoreSheet({ talk, state, onClose }: { talk: Talk; state: TalkState; onClose: () => void }) {
  const [shown, setShown] = useState<"choices" | "phone" | "name">("choices");
  const title = t(shown === "phone" ? "changePhone" : shown === "name" ? "nameQuestion" : "more");
  return (
    <Sheet title={title} onClose={onClose}>
      {shown === "choices" && (
        <ul class="choices">
          <li>
            {/* The label is the button: a hidden field is opened by it, and by the keyboard in its own right. */}
            <label class="choice">
              <Icon name="file" />
              {t("sendFile")}
              <input
                type="file"
                multiple
                class="unseen"
                onChange={(event) => {
                  talk.show([...(event.currentTarget.files ?? [])]);
                  onClose();
                }}
              />
            </label>
          </li>
          <li>
            <button type="button" onClick={() => setShown("phone")}>
              <Icon name="phone" />
              {t("changePhone")}
            </button>
          </li>
          <li>
            <button type="button" onClick={() => setShown("name")}>
              <Icon name="person" />
              {t("nameQuestion")}
            </button>
          </li>
        </ul>
      )}
      {shown === "phone" && <RecoveryLink door={talk.door} />}
      {shown === "name" && (
        <>
          <p class="soft">{t("nameHint", { name: state.way!.member.name })}</p>
          <NameForm talk={talk} name={!state.me || isGuestName(state.me.name) ? "" : state.me.name} onSaved={onClose} />
        </>
      )}
    </Sheet>
  );
}
