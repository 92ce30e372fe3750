import type { Conversation } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button } from "@mantine/core";
import { IconSpeakerphone, IconX } from "@tabler/icons-react";
import { useState } from "react";

import { useKeep } from "../hooks/useKeep";
import { useInbox } from "../hooks/useMessenger";
import { mayEditGroup } from "../state/groups";
import { unseenNotice } from "../state/settings";
import detailsClasses from "./DetailsPanel.module.css";
import classes from "./GroupNotice.module.css";
import { GroupNoticeDialog } from "./GroupNoticeDialog";

/** Over the messages until one has looked, on whichever device. */
export function GroupNoticeBar({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui();
  const keep = useKeep();
  const notice = useInbox((state) => unseenNotice(state, conversation));
  const [isOpen, setIsOpen] = useState(false);
  const look = () => notice && keep(conversation.id, { seen_notice_seq: notice.seq });
  return (
    <>
      {notice ? (
        <div className={classes.bar} role="region" aria-label={t`群公告`}>
          <button
            type="button"
            className={classes.open}
            onClick={() => {
              setIsOpen(true);
              look();
            }}
          >
            <IconSpeakerphone size={18} stroke={1.7} aria-hidden />
            <span className={classes.words}>
              <strong>{t`群公告`}</strong> {notice.text}
            </span>
          </button>
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={t`知道了，收起群公告`} title={t`知道了`} onClick={look}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
      ) : null}
      <GroupNoticeDialog conversation={conversation} isOpen={isOpen} onClose={() => setIsOpen(false)} />
    </>
  );
}

/** Among the group's details: its notice, or the place to write one. */
export function GroupNoticeSection({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui();
  const keep = useKeep();
  const personId = useInbox((state) => state.personId);
  const unseen = useInbox((state) => unseenNotice(state, conversation));
  const [isOpen, setIsOpen] = useState(false);
  const notice = conversation.group?.notice;
  const mayEdit = mayEditGroup(conversation, personId);
  if (!notice && !mayEdit) return null;
  const open = () => {
    setIsOpen(true);
    if (unseen) keep(conversation.id, { seen_notice_seq: unseen.seq });
  };
  return (
    <div>
      <h4 className={detailsClasses.section}>
        {t`群公告`}
        <Button size="compact-sm" variant="subtle" onClick={open}>
          {notice ? t`查看公告` : t`写公告`}
        </Button>
      </h4>
      {notice ? <p className={classes.excerpt}>{notice.text}</p> : null}
      <GroupNoticeDialog conversation={conversation} isOpen={isOpen} onClose={() => setIsOpen(false)} />
    </div>
  );
}
