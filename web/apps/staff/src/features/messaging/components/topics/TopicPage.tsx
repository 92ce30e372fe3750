import { Bone, EmptyState } from "@hutong/ui";
import { VoicePlayer } from "@hutong/ui/voice";
import type { Conversation, Id, Topic } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconArrowLeft, IconArrowBackUp, IconCircleCheck, IconCloudOff, IconDots, IconHash, IconPencil } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";

import { sentenceOf } from "../../../../app/client";
import { PaneHeader } from "../../../../app/Panes";
import { showToast } from "../../../../app/toast";
import { patchTopic } from "../../api/topics";
import { useAttachments } from "../../hooks/useAttachments";
import { ComposingProvider } from "../../hooks/useComposing";
import { useFileDrop } from "../../hooks/useFileDrop";
import { useKeyboardRoom } from "../../hooks/useKeyboardRoom";
import { useInbox, useMessenger } from "../../hooks/useMessenger";
import { SelectingProvider, useSelecting } from "../../hooks/useSelecting";
import { mayManageTopic, TopicDialogProvider, useTopic, useTopicDialog } from "../../hooks/useTopics";
import { useTopicThread } from "../../hooks/useTopicThread";
import { conversationTitle, personName } from "../../state/selectors";
import page from "../ChatPage.module.css";
import { Composer } from "../Composer";
import { ConnectionNote } from "../ConnectionNote";
import { ForwardDialog } from "../ForwardDialog";
import { MessageList } from "../MessageList";
import { NotHere } from "../NotHere";
import { SelectionBar } from "../SelectionBar";
import { TypingLine } from "../TypingLine";
import { TopicDialogs } from "./TopicDialogs";
import classes from "./Topics.module.css";

/** One topic of a group: only what belongs to it, and what is said here belongs to it too. */
export function TopicPage({ conversationId, topicId }: { conversationId: Id; topicId: Id }) {
  const { t } = useLingui();
  const conversation = useInbox((state) => state.conversations[conversationId]);
  const topic = useTopic(conversationId, topicId);
  const thread = useTopicThread(conversationId, topicId);
  const attachments = useAttachments();
  const drop = useFileDrop(attachments.add);
  const room = useKeyboardRoom();
  const [presentCount, setPresentCount] = useState(0);
  useEffect(() => () => VoicePlayer.hush(), [topicId]);
  const isOpen = topic !== undefined && topic.closed_at === null;
  if (thread.status === "missing") return <NotHere title={t`找不到这个话题`} hint={t`链接可能写错了，或者你不在这个群里。`} />;
  return (
    <ComposingProvider conversationId={conversationId} topicId={topicId}>
      <SelectingProvider>
        <TopicDialogProvider conversationId={conversationId}>
          <div className={page.page} style={{ paddingBottom: room }} {...(isOpen ? drop.handlers : {})}>
            <div className={page.talk}>
              {conversation && topic ? <TopicHeader conversation={conversation} topic={topic} /> : <PaneHeader back="/chats" title={<Bone width={140} height={16} />} />}
              <div className={page.note}>
                <ConnectionNote />
              </div>
              {thread.status === "failed" ? (
                <EmptyState
                  icon={<IconCloudOff size={26} stroke={1.6} />}
                  title={t`消息没有加载出来`}
                  hint={t`请检查网络后再试。`}
                  action={<Button variant="light" onClick={thread.reload}>{t`重新加载`}</Button>}
                />
              ) : (
                <>
                  {thread.status === "ready" && thread.rows.length === 0 ? <p className={classes.first}>{t`这里还没有消息，说第一句吧。`}</p> : null}
                  <MessageList conversationId={conversationId} conversation={conversation} thread={thread} seq={null} presentCount={presentCount} />
                </>
              )}
              {conversation && topic ? (
                <Foot conversation={conversation} topic={topic}>
                  <TypingLine conversationId={conversationId} />
                  <Composer conversationId={conversationId} attachments={attachments} onPresent={() => setPresentCount((it) => it + 1)} />
                </Foot>
              ) : null}
              {drop.isOver ? <div className={page.drop}>{t`松开鼠标，添加到消息`}</div> : null}
            </div>
          </div>
          <ForwardDialog conversationId={conversationId} />
          {conversation ? <TopicDialogs conversation={conversation} /> : null}
        </TopicDialogProvider>
      </SelectingProvider>
    </ComposingProvider>
  );
}

interface OfTopic {
  conversation: Conversation;
  topic: Topic;
}

function TopicHeader({ conversation, topic }: OfTopic) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const group = useInbox((state) => conversationTitle(conversation, state));
  const opener = useInbox((state) => personName(state, topic.opened_by_id) || "…");
  const mayManage = useInbox((state) => mayManageTopic(conversation, topic, state.personId));
  const back = () => void navigate({ to: "/chats/$conversationId", params: { conversationId: conversation.id } });
  return (
    <PaneHeader
      back={back}
      lead={
        // On a phone the pane has an arrow of its own.
        <span className={classes.toGroup}>
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={t`回到“${group}”`} title={t`回到“${group}” (Esc)`} onClick={back}>
            <IconArrowLeft size={20} stroke={1.8} aria-hidden />
          </ActionIcon>
        </span>
      }
      title={
        <span className={classes.title}>
          <IconHash size={18} stroke={1.9} aria-hidden />
          <span className={classes.name}>{topic.name}</span>
          {topic.closed_at ? <span className={classes.closed}>{t`已关闭`}</span> : null}
        </span>
      }
      subtitle={t`${group} · ${opener} 发起`}
      actions={mayManage ? <TopicMenu conversation={conversation} topic={topic} /> : null}
    />
  );
}

function TopicMenu({ conversation, topic }: OfTopic) {
  const { t } = useLingui();
  const { show } = useTopicDialog();
  const close = useClosing(conversation, topic);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={44} aria-label={t`话题操作`} title={t`话题操作`}>
          <IconDots size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => show({ mode: "rename", topic })}>
          {t`修改名称`}
        </Menu.Item>
        {topic.closed_at ? (
          <Menu.Item leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => void close(false)}>
            {t`重新打开话题`}
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconCircleCheck size={16} aria-hidden />} onClick={() => void close(true)}>
            {t`关闭话题`}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Closes it, or opens it again; what is refused is told. */
function useClosing(conversation: Conversation, topic: Topic): (isClosed: boolean) => Promise<void> {
  const { topics } = useMessenger();
  return (is_closed) => patchTopic(conversation.id, topic.id, { is_closed }).then((it) => topics.learn([it]), (error: unknown) => showToast("failed", sentenceOf(error)));
}

/** Where one writes, what may be done with what is chosen, or that nothing more is said here. */
function Foot({ conversation, topic, children }: OfTopic & { children: React.ReactNode }) {
  const { t } = useLingui();
  const { selected } = useSelecting();
  const mayManage = useInbox((state) => mayManageTopic(conversation, topic, state.personId));
  const close = useClosing(conversation, topic);
  if (selected) return <SelectionBar />;
  if (!topic.closed_at) return children;
  return (
    <div className={page.readOnly} role="status">
      {t`这个话题已经关闭，不能再发送消息。`}
      {mayManage ? (
        <Button size="compact-sm" variant="subtle" onClick={() => void close(false)}>
          {t`重新打开`}
        </Button>
      ) : null}
    </div>
  );
}
