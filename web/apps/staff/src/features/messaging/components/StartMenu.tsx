import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu } from "@mantine/core";
import { IconMessagePlus, IconPlus, IconSpeakerphone } from "@tabler/icons-react";

import { useMe } from "../../../app/session";
import classes from "./ConversationList.module.css";

/** The plus above the list: a chat; for administrators, who can begin more, a menu. */
export function StartMenu({ onChat, onChannel }: { onChat: () => void; onChannel: () => void }) {
  const { t } = useLingui();
  const { is_admin } = useMe();
  const plus = <IconPlus size={20} stroke={1.9} aria-hidden />;
  if (!is_admin) {
    return (
      <ActionIcon className={classes.start} variant="light" size={36} radius={10} aria-label={t`发起聊天`} title={t`发起聊天`} onClick={onChat}>
        {plus}
      </ActionIcon>
    );
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon className={classes.start} variant="light" size={36} radius={10} aria-label={t`新建`} title={t`新建`}>
          {plus}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconMessagePlus size={16} aria-hidden />} onClick={onChat}>
          {t`发起聊天`}
        </Menu.Item>
        <Menu.Item leftSection={<IconSpeakerphone size={16} aria-hidden />} onClick={onChannel}>
          {t`新建公告频道`}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
