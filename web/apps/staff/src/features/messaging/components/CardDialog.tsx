import type { Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { Button, Modal } from "@mantine/core";
import { useState } from "react";

import { useComposing } from "../hooks/useComposing";
import { useInbox, useMessenger } from "../hooks/useMessenger";
import { MemberPicker } from "./MemberPicker";
import classes from "./MemberPicker.module.css";
import type { Picked } from "./Picker";

const MOST = 10;

interface CardDialogProps {
  conversationId: Id;
  isOpen: boolean;
  onClose: () => void;
  onSent: () => void;
}

/** Whose cards to send; each is a message of its own. */
export function CardDialog({ conversationId, isOpen, onClose, onSent }: CardDialogProps) {
  const { t } = useLingui();
  return (
    <Modal opened={isOpen} onClose={onClose} title={t`发送名片`} size={460} closeButtonProps={{ "aria-label": t`关闭` }}>
      {isOpen ? <CardForm conversationId={conversationId} onClose={onClose} onSent={onSent} /> : null}
    </Modal>
  );
}

function CardForm({ conversationId, onClose, onSent }: Omit<CardDialogProps, "isOpen">) {
  const { t } = useLingui();
  const messenger = useMessenger();
  const { topicId } = useComposing();
  const isToCustomer = useInbox((state) => state.conversations[conversationId]?.kind === "customer");
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const isTooMany = picked.length > MOST;
  const send = () => {
    for (const { id, name } of picked) {
      messenger.sendCard(conversationId, { person_id: id, name, title: null, avatar_url: null, is_active: true }, topicId === null ? {} : { topic_id: topicId });
    }
    onClose();
    onSent();
  };
  return (
    <div className={classes.form}>
      <MemberPicker picked={picked} onChange={setPicked} />
      {isToCustomer ? <p className={classes.note}>{t`客户会看到头像、姓名和职务，看不到电话。有联系方式的同事，客户可以直接找他聊。`}</p> : null}
      {isTooMany ? <p role="alert" className={classes.problem}>{t`一次最多发送 ${MOST} 张名片。`}</p> : null}
      <Button fullWidth size="md" disabled={picked.length === 0 || isTooMany} onClick={send}>
        {picked.length > 1 ? t`发送 ${picked.length} 张名片` : t`发送`}
      </Button>
    </div>
  );
}
