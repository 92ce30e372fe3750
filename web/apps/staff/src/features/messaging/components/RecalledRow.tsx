import type { Message } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";

import { useComposing } from "../hooks/useComposing";
import { useMessenger } from "../hooks/useMessenger";
import { useRecalledText } from "../hooks/useWords";
import classes from "./MessageList.module.css";

/** The place of what was taken back. Its author, on the device where it was done, may say it otherwise. */
export function RecalledRow({ message, isOwn }: { message: Message; isOwn: boolean }) {
  const { t } = useLingui();
  const messenger = useMessenger();
  const { sayAgain } = useComposing();
  const text = useRecalledText()(message);
  const words = isOwn ? messenger.deeds.recalledText(message.client_id) : "";
  return (
    <li className={classes.notice} data-seq={message.seq}>
      <span>
        {text}
        {words ? (
          <button type="button" className={classes.again} onClick={() => sayAgain(words)}>
            {t`重新编辑`}
          </button>
        ) : null}
      </span>
    </li>
  );
}
