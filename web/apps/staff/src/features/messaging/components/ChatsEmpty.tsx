import { EmptyState } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconMessages } from "@tabler/icons-react";
import { useState } from "react";

import { Keycaps } from "../../../app/keys/Keycaps";
import keyClasses from "../../../app/keys/Keys.module.css";
import { StartChatDialog } from "./StartChatDialog";

/** The main pane before a conversation is chosen. */
export function ChatsEmpty() {
  const { t } = useLingui();
  const [isStarting, setIsStarting] = useState(false);
  return (
    <>
      <EmptyState
        icon={<IconMessages size={28} stroke={1.5} />}
        title={t`选择一个会话开始聊天`}
        hint={t`从左边打开一个会话，或者找一位同事、拉一个群。`}
        action={
          <>
            <Button variant="light" onClick={() => setIsStarting(true)}>{t`发起新聊天`}</Button>
            <p className={keyClasses.hints}>
              <span>{t`快速跳转`} <Keycaps name="switcher" /></span>
              <span>{t`键盘快捷键`} <Keycaps name="help" /></span>
            </p>
          </>
        }
      />
      <StartChatDialog isOpen={isStarting} onClose={() => setIsStarting(false)} />
    </>
  );
}
