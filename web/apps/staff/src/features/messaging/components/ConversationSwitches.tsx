import type { Conversation } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { Switch } from "@mantine/core";

import { useKeep } from "../hooks/useKeep";
import { useInbox } from "../hooks/useMessenger";
import { isArchived, isMuted, isPinned } from "../state/settings";
import classes from "./DetailsPanel.module.css";

/** What one keeps for oneself about a conversation, among its details. */
export function ConversationSwitches({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui();
  const keep = useKeep();
  const { id } = conversation;
  const pinned = useInbox((state) => isPinned(state, id));
  const muted = useInbox((state) => isMuted(state, id));
  const archived = useInbox((state) => isArchived(state, conversation));
  return (
    <div className={classes.switches} role="group" aria-label={t`只对自己生效的设置`}>
      <Switch labelPosition="left" label={t`置顶`} checked={pinned} onChange={() => keep(id, { is_pinned: !pinned })} />
      <Switch labelPosition="left" label={t`消息免打扰`} checked={muted} onChange={() => keep(id, { is_muted: !muted })} />
      <Switch labelPosition="left" label={t`归档`} checked={archived} onChange={() => keep(id, { is_archived: !archived })} />
    </div>
  );
}
