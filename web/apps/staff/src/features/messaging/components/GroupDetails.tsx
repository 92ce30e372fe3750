import type { Conversation } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { Button, TextInput } from "@mantine/core";
import { IconLogout, IconUserPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { sentenceOf } from "../../../app/client";
import { showToast } from "../../../app/toast";
import { removePerson, renameGroup } from "../api/messaging";
import { useMessenger } from "../hooks/useMessenger";
import { howInvites, isManager, mayEditGroup } from "../state/groups";
import { ConfirmDialog } from "./ConfirmDialog";
import { ConversationSwitches } from "./ConversationSwitches";
import classes from "./DetailsPanel.module.css";
import { GroupManagement } from "./GroupManagement";
import { GroupNoticeSection } from "./GroupNotice";
import { InviteDialog } from "./InviteDialog";
import { ParticipantList } from "./ParticipantList";

export function GroupDetails({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui();
  const messenger = useMessenger();
  const navigate = useNavigate();
  const [isInviting, setIsInviting] = useState(false);
  const [isLeaving, setIsLeaving] = useState(false);
  const { personId } = messenger.store.getState();
  const isOwner = conversation.owner_id === personId;
  const inviting = howInvites(conversation, personId);
  const count = conversation.participant_count;

  const leave = async () => {
    await removePerson(conversation.id, personId);
    await navigate({ to: "/chats" });
    messenger.store.apply({ type: "conversation_left", conversation_id: conversation.id });
  };
  return (
    <div className={classes.stack}>
      <GroupName conversation={conversation} />
      <GroupNoticeSection conversation={conversation} />
      <ConversationSwitches conversation={conversation} />
      {isManager(conversation, personId) ? <GroupManagement conversation={conversation} /> : null}
      <div>
        <h4 className={classes.section}>
          {t`群成员 ${count} 人`}
          {inviting === "never" ? null : (
            <Button size="compact-sm" variant="subtle" leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setIsInviting(true)}>
              {t`邀请同事`}
            </Button>
          )}
        </h4>
        <ParticipantList conversation={conversation} />
      </div>
      <Button variant="light" color="red" leftSection={<IconLogout size={18} aria-hidden />} onClick={() => setIsLeaving(true)}>
        {t`退出群聊`}
      </Button>
      <InviteDialog conversationId={conversation.id} needsApproval={inviting === "asks"} isOpen={isInviting} onClose={() => setIsInviting(false)} />
      <ConfirmDialog
        isOpen={isLeaving}
        title={t`退出群聊？`}
        text={isOwner && count > 1 ? t`你是群主。退出后，群主会转给入群最久的副群主；没有副群主时，转给入群最久的成员。` : t`退出后看不到这个群的消息，除非再被邀请。`}
        action={t`确认退出`}
        onConfirm={leave}
        onClose={() => setIsLeaving(false)}
      />
    </div>
  );
}

function GroupName({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui();
  const messenger = useMessenger();
  const known = conversation.name ?? "";
  const { personId } = messenger.store.getState();
  const [draft, setDraft] = useState<string | null>(null);
  const save = async () => {
    const wanted = draft?.trim() ?? known;
    if (wanted === known) {
      setDraft(null);
      return;
    }
    try {
      messenger.take(await renameGroup(conversation.id, wanted));
      setDraft(null);
      showToast("done", t`群名已修改`);
    } catch (error) {
      showToast("failed", sentenceOf(error));
    }
  };
  return (
    <TextInput
      label={t`群名称`}
      placeholder={t`给群起个名字`}
      value={draft ?? known}
      readOnly={!mayEditGroup(conversation, personId)}
      maxLength={60}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => void save()}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || event.keyCode === 229) return;
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setDraft(null);
      }}
    />
  );
}
