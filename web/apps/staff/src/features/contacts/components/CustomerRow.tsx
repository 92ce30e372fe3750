import type { Contact } from "@hutong/api";
import { listTime } from "@hutong/i18n";
import { Face } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { useLanguage } from "../../../app/language";
import { OutsideBadge } from "../../messaging";
import classes from "./Customers.module.css";
import { RemarkForm } from "./RemarkForm";

/** A press on the row opens the talk; the pencil changes what I call them, in place. */
export function CustomerRow({ contact }: { contact: Contact }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const [isEditing, setIsEditing] = useState(false);
  const name = contact.remark || contact.name;
  if (isEditing) {
    return (
      <li className={classes.item}>
        <RemarkForm contact={contact} onDone={() => setIsEditing(false)} />
      </li>
    );
  }
  return (
    <li className={classes.item}>
      <Link to="/chats/$conversationId" params={{ conversationId: contact.conversation_id }} className={classes.row}>
        <Face person={contact} size={44} />
        <span className={classes.lines}>
          <span className={classes.line}>
            <span className={classes.name}>{name}</span>
            <OutsideBadge />
          </span>
          <span className={classes.detail}>
            {contact.remark && contact.remark !== contact.name ? t`${contact.name}，${listTime(contact.last_active_at, language)}联系过` : t`${listTime(contact.last_active_at, language)}联系过`}
          </span>
        </span>
      </Link>
      <ActionIcon className={classes.edit} variant="subtle" color="gray" size={44} aria-label={t`修改 ${name} 的备注`} title={t`修改备注`} onClick={() => setIsEditing(true)}>
        <IconPencil size={18} stroke={1.7} aria-hidden />
      </ActionIcon>
    </li>
  );
}
