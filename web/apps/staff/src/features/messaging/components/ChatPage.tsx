import { Bone, EmptyState } from "@hutong/ui";
import { VoicePlayer } from "@hutong/ui/voice";
import type { Conversation, Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { useEffect, useState, type ReactNode } from "react";

import { PaneHeader } from "../../../app/Panes";
import { ComposingProvider } from "../hooks/useComposing";
import { useAttachments } from "../hooks/useAttachments";
import { useDetailsOpen } from "../hooks/useDetailsOpen";
import { useFileDrop } from "../hooks/useFileDrop";
import { useKeyboardRoom } from "../hooks/useKeyboardRoom";
import { useInbox } from "../hooks/useMessenger";
import { SelectingProvider, useSelecting } from "../hooks/useSelecting";
import { useThread } from "../hooks/useThread";
import { TopicDialogProvider } from "../hooks/useTopics";
import { ChatBars } from "./ChatBars";
import { ChatHeader } from "./ChatHeader";
import classes from "./ChatPage.module.css";
import { Composer } from "./Composer";
import { ConnectionNote } from "./ConnectionNote";
import { DetailsPanel } from "./DetailsPanel";
import { ForwardDialog } from "./ForwardDialog";
import { MessageList } from "./MessageList";
import { ScheduledBar } from "./scheduled/ScheduledBar";
import { NotHere } from "./NotHere";
import { SelectionBar } from "./SelectionBar";
import { TypingLine } from "./TypingLine";
import { TopicDialogs } from "./topics/TopicDialogs";

/** One conversation: its head, its messages, the place to write, and beside it its details where they are asked for. */
export function ChatPage({ conversationId, seq }: { conversationId: Id; seq: number | null }) {
  const { t } = useLingui();
  const conversation = useInbox((state) => state.conversations[conversationId]);
  const thread = useThread(conversationId, seq);
  const attachments = useAttachments();
  const drop = useFileDrop(attachments.add);
  const room = useKeyboardRoom();
  const [presentCount, setPresentCount] = useState(0);
  const [details, setDetails] = useDetailsOpen(conversationId);
  useEffect(() => () => VoicePlayer.hush(), [conversationId]);
  const [wasIn, setWasIn] = useState<Conversation["kind"] | null>(null);
  if (conversation && wasIn === null) setWasIn(conversation.kind);
  const isReadOnly = conversation !== undefined && !conversation.can_publish;

  if (wasIn !== null && !conversation) {
    const hint = wasIn === "channel" ? t`这个频道不再发给你所在的部门。` : t`群聊的成员可以再邀请你进来。`;
    return <NotHere title={t`你已不在这个会话中`} hint={hint} />;
  }
  if (thread.status === "missing") return <NotHere title={t`找不到这个会话`} hint={t`链接可能写错了，或者你不在这个会话里。`} />;
  return (
    <ComposingProvider conversationId={conversationId}>
      <SelectingProvider>
        <TopicDialogProvider conversationId={conversationId}>
          <div className={classes.page} style={{ paddingBottom: room }} {...(isReadOnly ? {} : drop.handlers)}>
            <div className={classes.talk}>
              {conversation ? (
                <ChatHeader conversation={conversation} areDetailsOpen={details !== null} onDetails={() => setDetails(details ? null : "details")} />
              ) : (
                <PaneHeader back="/chats" title={<Bone width={140} height={16} />} />
              )}
              <div className={classes.note}>
                <ConnectionNote />
              </div>
              <ChatBars conversation={conversation} />
              {thread.status === "failed" ? (
                <EmptyState
                  icon={<IconCloudOff size={26} stroke={1.6} />}
                  title={t`消息没有加载出来`}
                  hint={t`请检查网络后再试。`}
                  action={<Button variant="light" onClick={thread.reload}>{t`重新加载`}</Button>}
                />
              ) : thread.status === "loading" ? (
                <ThreadSkeleton />
              ) : (
                <MessageList conversationId={conversationId} conversation={conversation} thread={thread} seq={seq} presentCount={presentCount} />
              )}
              <Foot isReadOnly={isReadOnly}>
                <ScheduledBar conversationId={conversationId} />
                <TypingLine conversationId={conversationId} />
                <Composer conversationId={conversationId} attachments={attachments} onPresent={() => setPresentCount((it) => it + 1)} />
              </Foot>
              {drop.isOver ? <div className={classes.drop}>{t`松开鼠标，添加到消息`}</div> : null}
            </div>
            {conversation && details ? <DetailsPanel conversation={conversation} tab={details} onTab={setDetails} onClose={() => setDetails(null)} /> : null}
          </div>
          <ForwardDialog conversationId={conversationId} />
          {conversation?.kind === "group" ? <TopicDialogs conversation={conversation} /> : null}
        </TopicDialogProvider>
      </SelectingProvider>
    </ComposingProvider>
  );
}

/** Where one writes, or what may be done with what is chosen. */
function Foot({ isReadOnly, children }: { isReadOnly: boolean; children: ReactNode }) {
  const { t } = useLingui();
  const { selected } = useSelecting();
  if (selected) return <SelectionBar />;
  return isReadOnly ? <p className={classes.readOnly}>{t`只有发布者可以在这里发布公告`}</p> : children;
}

function ThreadSkeleton() {
  const widths = ["44%", "58%", "30%", "50%", "36%"];
  return (
    <div className={classes.skeleton} aria-hidden="true">
      {widths.map((width, at) => (
        <div key={at} className={classes.bones} data-own={at % 3 === 2 || undefined}>
          {at % 3 === 2 ? null : <Bone width={36} height={36} radius={9} />}
          <Bone width={width} height={at % 2 ? 58 : 38} radius={12} />
        </div>
      ))}
    </div>
  );
}
