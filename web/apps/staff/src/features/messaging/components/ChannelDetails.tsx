import type { Conversation } from "@hutong/realtime";
import { Face } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconSettings } from "@tabler/icons-react";
import { useState } from "react";

import { useMe } from "../../../app/session";
import { useInbox } from "../hooks/useMessenger";
import { EditChannelDialog } from "./ChannelDialog";
import { ConversationSwitches } from "./ConversationSwitches";
import classes from "./DetailsPanel.module.css";

/** Who publishes; and, for its owner and administrators, the way to change it. */
export function ChannelDetails({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui();
  const me = useMe();
  const [isEditing, setIsEditing] = useState(false);
  const people = useInbox((state) => state.people);
  const mayManage = me.is_admin || conversation.owner_id === me.id;
  return (
    <div className={classes.stack}>
      <p className={classes.note}>{t`${conversation.participant_count} 位同事会收到这里的公告。`}</p>
      <ConversationSwitches conversation={conversation} />
      <div>
        <h4 className={classes.section}>{t`发布者`}</h4>
        <ul className={classes.people} aria-label={t`发布者`}>
          {conversation.people.map((person) => (
            <li key={person.id}>
              <Face person={person} size={32} isMuted={!person.is_active} />
              <span className={classes.name}>{people[person.id]?.name ?? person.name}</span>
              {person.id === conversation.owner_id ? <span className={classes.role}>{t`频道所有者`}</span> : null}
            </li>
          ))}
        </ul>
      </div>
      {mayManage ? (
        <Button variant="light" leftSection={<IconSettings size={18} aria-hidden />} onClick={() => setIsEditing(true)}>
          {t`管理频道`}
        </Button>
      ) : null}
      {isEditing ? <EditChannelDialog channelId={conversation.id} onClose={() => setIsEditing(false)} /> : null}
    </div>
  );
}
