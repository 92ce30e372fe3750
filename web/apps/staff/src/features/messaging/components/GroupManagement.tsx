import type { Conversation, Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { Button, Modal, NativeSelect } from "@mantine/core";
import { IconShieldHalf } from "@tabler/icons-react";
import { useState } from "react";

import { sentenceOf } from "../../../app/client";
import { showToast } from "../../../app/toast";
import { patchGroup, type GroupChange } from "../api/groups";
import { useMessenger } from "../hooks/useMessenger";
import { groupOf } from "../state/groups";
import { DeputyRow } from "./Deputies";
import classes from "./GroupManagement.module.css";

/** For the group's managers: who may what in it, and who they are. */
export function GroupManagement({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconShieldHalf size={18} aria-hidden />} onClick={() => setIsOpen(true)}>
        {t`群管理`}
      </Button>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title={t`群管理`} size={460} closeButtonProps={{ "aria-label": t`关闭` }}>
        <Management conversation={conversation} />
      </Modal>
    </>
  );
}

function Management({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui();
  const messenger = useMessenger();
  const group = groupOf(conversation);
  const everybody = { value: "everybody", label: t`所有成员` };
  const managers = { value: "managers", label: t`仅群主和副群主` };
  const change = async (id: Id, wish: GroupChange) => {
    try {
      messenger.take(await patchGroup(id, wish));
    } catch (error) {
      showToast("failed", sentenceOf(error));
    }
  };
  const rows: { name: keyof GroupChange; label: string; data: { value: string; label: string }[] }[] = [
    { name: "who_invites", label: t`谁可以邀请同事`, data: [everybody, { value: "approval", label: t`所有成员，需群主或副群主同意` }, managers] },
    { name: "who_mentions_all", label: t`谁可以 @所有人`, data: [everybody, managers] },
    { name: "who_edits", label: t`谁可以修改群名和群公告`, data: [everybody, managers] },
    { name: "who_pins", label: t`谁可以置顶消息`, data: [everybody, managers] },
  ];
  return (
    <div className={classes.stack}>
      {rows.map(({ name, label, data }) => (
        <NativeSelect
          key={name}
          label={label}
          value={group[name]}
          data={data}
          onChange={(event) => void change(conversation.id, { [name]: event.currentTarget.value })}
        />
      ))}
      <DeputyRow conversation={conversation} />
    </div>
  );
}
