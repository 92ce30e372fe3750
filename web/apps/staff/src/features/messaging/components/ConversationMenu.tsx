import type { Conversation } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { IconArchive, IconArchiveOff, IconBell, IconBellOff, IconMail, IconMailOpened, IconPin, IconPinnedOff } from "@tabler/icons-react";

import { useKeep } from "../hooks/useKeep";
import { useInbox, useMessenger } from "../hooks/useMessenger";
import { isArchived, isMarkedUnread, isMuted, isPinned } from "../state/settings";
import classes from "./ConversationList.module.css";

/** Of which conversation, and where on the screen it was asked for. */
export interface MenuPlace {
  conversation: Conversation;
  x: number;
  y: number;
}

/** What one keeps for oneself about a conversation, from its row: one menu for the whole list. */
export function ConversationMenu({ place, onClose }: { place: MenuPlace | null; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Menu opened={place !== null} onClose={onClose} position="bottom-start" offset={2} withinPortal transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <button type="button" tabIndex={-1} className={classes.menuPlace} aria-label={t`会话操作`} style={{ left: place?.x ?? 0, top: place?.y ?? 0 }} hidden={!place} />
      </Menu.Target>
      <Menu.Dropdown>{place ? <Items conversation={place.conversation} /> : null}</Menu.Dropdown>
    </Menu>
  );
}

function Items({ conversation: { id } }: { conversation: Conversation }) {
  const { t } = useLingui();
  const keep = useKeep();
  const messenger = useMessenger();
  const conversation = useInbox((state) => state.conversations[id]);
  const pinned = useInbox((state) => isPinned(state, id));
  const muted = useInbox((state) => isMuted(state, id));
  const archived = useInbox((state) => conversation !== undefined && isArchived(state, conversation));
  const marked = useInbox((state) => isMarkedUnread(state, id));
  if (!conversation) return null;
  const isUnread = conversation.unread_count > 0 || marked;
  const readAll = () => {
    messenger.markRead(id, conversation.last_seq);
    if (marked) keep(id, { is_marked_unread: false });
  };
  return (
    <>
      <Menu.Item leftSection={pinned ? <IconPinnedOff size={16} aria-hidden /> : <IconPin size={16} aria-hidden />} onClick={() => keep(id, { is_pinned: !pinned })}>
        {pinned ? t`取消置顶` : t`置顶`}
      </Menu.Item>
      <Menu.Item leftSection={muted ? <IconBell size={16} aria-hidden /> : <IconBellOff size={16} aria-hidden />} onClick={() => keep(id, { is_muted: !muted })}>
        {muted ? t`允许消息提醒` : t`消息免打扰`}
      </Menu.Item>
      <Menu.Item
        leftSection={isUnread ? <IconMailOpened size={16} aria-hidden /> : <IconMail size={16} aria-hidden />}
        onClick={() => (isUnread ? readAll() : keep(id, { is_marked_unread: true }))}
      >
        {isUnread ? t`标为已读` : t`标为未读`}
      </Menu.Item>
      <Menu.Item leftSection={archived ? <IconArchiveOff size={16} aria-hidden /> : <IconArchive size={16} aria-hidden />} onClick={() => keep(id, { is_archived: !archived })}>
        {archived ? t`移出归档` : t`归档`}
      </Menu.Item>
    </>
  );
}
