import type { Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu } from "@mantine/core";
import { IconChecks, IconCopy, IconDots, IconLink } from "@tabler/icons-react";

import { showToast } from "../../../app/toast";
import { copyText } from "../hooks/copyText";
import type { Bubble } from "../state/rows";
import classes from "./Message.module.css";

interface MessageMenuProps {
  conversationId: Id;
  bubble: Bubble;
  isOpen: boolean;
  onChange: (isOpen: boolean) => void;
  /** Only where one may ask who has read it. */
  onOpenReaders?: (seq: number) => void;
}

export function MessageMenu({ conversationId, bubble, isOpen, onChange, onOpenReaders }: MessageMenuProps) {
  const { t } = useLingui();
  const { seq } = bubble;
  const copy = async (text: string, done: string) => {
    const isCopied = await copyText(text);
    showToast(isCopied ? "done" : "failed", isCopied ? done : t`浏览器不允许复制，请手动选择文字。`);
  };
  if (seq === null && bubble.kind !== "text") return null;
  return (
    <Menu opened={isOpen} onChange={onChange} position="bottom" withinPortal>
      <Menu.Target>
        <ActionIcon className={classes.menuButton} variant="subtle" color="gray" size={28} aria-label={t`消息操作`}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {bubble.kind === "text" ? (
          <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => void copy(bubble.text, t`文字已复制`)}>
            {t`复制文字`}
          </Menu.Item>
        ) : null}
        {seq !== null ? (
          <Menu.Item
            leftSection={<IconLink size={16} aria-hidden />}
            onClick={() => void copy(`${location.origin}/chats/${conversationId}/${seq}`, t`链接已复制`)}
          >
            {t`复制消息链接`}
          </Menu.Item>
        ) : null}
        {seq !== null && onOpenReaders ? (
          <Menu.Item leftSection={<IconChecks size={16} aria-hidden />} onClick={() => onOpenReaders(seq)}>
            {t`查看谁已读`}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
