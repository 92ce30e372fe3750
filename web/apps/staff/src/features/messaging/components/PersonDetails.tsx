import type { Conversation } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconAddressBook, IconUsersPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { useInbox } from "../hooks/useMessenger";
import { customerOf, othersIn, personName } from "../state/selectors";
import { ConversationSwitches } from "./ConversationSwitches";
import classes from "./DetailsPanel.module.css";
import { OutsideBadge } from "./OutsideBadge";
import { PresentFace } from "./PresentFace";
import { RemarkField } from "./RemarkField";
import { StartChatDialog } from "./StartChatDialog";

/** The other side of a direct talk: a colleague or a customer. */
export function PersonDetails({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui();
  const personId = useInbox((state) => state.personId);
  const person = customerOf(conversation) ?? othersIn(conversation, personId)[0];
  const name = useInbox((state) => (person ? personName(state, person.id) || person.name : ""));
  const [isStarting, setIsStarting] = useState(false);
  if (!person) return null;
  const isCustomer = person.kind === "contact";
  return (
    <div className={classes.stack}>
      <div className={classes.person}>
        <PresentFace person={person} size={56} />
        <span className={classes.names}>
          <strong>{name}</strong>
          {isCustomer ? <OutsideBadge /> : null}
          {isCustomer && name !== person.name ? <span className={classes.note}>{t`客户自己的名字：${person.name}`}</span> : null}
          {person.is_active ? null : <span className={classes.note}>{t`已离开企业`}</span>}
        </span>
      </div>
      <ConversationSwitches conversation={conversation} />
      {isCustomer ? (
        <>
          <RemarkField personId={person.id} />
          <p className={classes.note}>{t`客户在企业外部。这里说的话，客户都能看到。`}</p>
        </>
      ) : (
        <>
          <Button
            variant="default"
            leftSection={<IconAddressBook size={18} aria-hidden />}
            renderRoot={(props) => <Link {...props} to="/directory" search={{ member: person.id }} />}
          >
            {t`查看名片`}
          </Button>
          <Button variant="default" leftSection={<IconUsersPlus size={18} aria-hidden />} onClick={() => setIsStarting(true)}>
            {t`拉上同事建群`}
          </Button>
          <StartChatDialog isOpen={isStarting} onClose={() => setIsStarting(false)} withPeople={[{ id: person.id, name: person.name }]} />
        </>
      )}
    </div>
  );
}
