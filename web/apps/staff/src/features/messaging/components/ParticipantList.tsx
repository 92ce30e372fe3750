import type { Participant } from "@hutong/api";
import type { Conversation } from "@hutong/realtime";
import { SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Menu, VisuallyHidden } from "@mantine/core";
import { IconCrown, IconDots, IconMessage, IconShieldHalf, IconShieldOff, IconUserMinus } from "@tabler/icons-react";
import { useState } from "react";

import { sentenceOf } from "../../../app/client";
import { showToast } from "../../../app/toast";
import { deleteDeputy, putDeputy } from "../api/groups";
import { putOwner, removePerson } from "../api/messaging";
import { useMessenger } from "../hooks/useMessenger";
import { useParticipants } from "../hooks/useParticipants";
import { useStartChat } from "../hooks/useStartChat";
import { isManager } from "../state/groups";
import { ConfirmDialog } from "./ConfirmDialog";
import classes from "./DetailsPanel.module.css";
import { OutsideBadge } from "./OutsideBadge";
import { PresentFace, usePresenceText } from "./PresentFace";

type Question = { verb: "remove" | "hand_over"; participant: Participant };

export function ParticipantList({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui();
  const { id } = conversation;
  const { participants, isPending, isFailed, hasMore, loadMore, refresh } = useParticipants(id);
  const [question, setQuestion] = useState<Question | null>(null);
  const name = question?.participant.person.name ?? "";

  const answer = async () => {
    if (!question) return;
    const { person } = question.participant;
    if (question.verb === "remove") await removePerson(id, person.id);
    else await putOwner(id, person.id);
    await refresh();
  };
  if (isPending) return <SkeletonRows count={Math.min(6, conversation.participant_count)} height={48} face={32} />;
  if (isFailed) {
    return (
      <p className={classes.note}>
        {t`成员没有加载出来。`} <Button size="compact-sm" variant="subtle" onClick={() => void refresh()}>{t`重新加载`}</Button>
      </p>
    );
  }
  return (
    <>
      <ul className={classes.people} aria-label={t`群成员`}>
        {participants.map((participant) => (
          <Row key={participant.person.id} participant={participant} conversation={conversation} onAsk={setQuestion} />
        ))}
      </ul>
      {hasMore ? (
        <Button fullWidth size="compact-md" variant="subtle" onClick={loadMore}>
          {t`显示更多成员`}
        </Button>
      ) : null}
      <ConfirmDialog
        isOpen={question !== null}
        title={question?.verb === "hand_over" ? t`转让群主？` : t`移出群聊？`}
        text={question?.verb === "hand_over" ? t`${name} 会成为群主，你会成为普通成员。` : t`${name} 将看不到这个群之后的消息。`}
        action={question?.verb === "hand_over" ? t`确认转让` : t`确认移出`}
        onConfirm={answer}
        onClose={() => setQuestion(null)}
      />
    </>
  );
}

interface RowProps {
  participant: Participant;
  conversation: Conversation;
  onAsk: (question: Question) => void;
}

function Row({ participant, conversation, onAsk }: RowProps) {
  const { t } = useLingui();
  const { store } = useMessenger();
  const { openDirectWith } = useStartChat();
  const { person, role } = participant;
  const { personId } = store.getState();
  const presence = usePresenceText(person);
  const isMe = person.id === personId;
  const isOwner = conversation.owner_id === personId;
  const mayRemove = isOwner || (isManager(conversation, personId) && role === "member");
  const changeDeputy = () =>
    (role === "deputy" ? deleteDeputy : putDeputy)(conversation.id, person.id).catch((error: unknown) => showToast("failed", sentenceOf(error)));
  const talk = () => openDirectWith(person.id).catch((error: unknown) => showToast("failed", sentenceOf(error)));
  return (
    <li>
      <PresentFace person={person} size={32} />
      <span className={classes.name}>{isMe ? t`${person.name}（我）` : person.name}</span>
      {presence ? <VisuallyHidden>{presence}</VisuallyHidden> : null}
      {person.kind === "contact" ? <OutsideBadge /> : null}
      {role === "owner" ? <span className={classes.role}>{t`群主`}</span> : null}
      {role === "deputy" ? <span className={classes.role}>{t({ message: "副群主", context: "role" })}</span> : null}
      {isMe ? null : (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size={44} aria-label={t`对 ${person.name} 的操作`}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {person.kind === "member" ? (
              <Menu.Item leftSection={<IconMessage size={16} aria-hidden />} onClick={() => void talk()}>
                {t`发消息`}
              </Menu.Item>
            ) : null}
            {isOwner && person.kind === "member" ? (
              <>
                <Menu.Item leftSection={role === "deputy" ? <IconShieldOff size={16} aria-hidden /> : <IconShieldHalf size={16} aria-hidden />} onClick={() => void changeDeputy()}>
                  {role === "deputy" ? t`取消副群主` : t`设为副群主`}
                </Menu.Item>
                <Menu.Item leftSection={<IconCrown size={16} aria-hidden />} onClick={() => onAsk({ verb: "hand_over", participant })}>
                  {t`转让群主`}
                </Menu.Item>
              </>
            ) : null}
            {mayRemove ? (
              <Menu.Item color="red" leftSection={<IconUserMinus size={16} aria-hidden />} onClick={() => onAsk({ verb: "remove", participant })}>
                {t`移出群聊`}
              </Menu.Item>
            ) : null}
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}
