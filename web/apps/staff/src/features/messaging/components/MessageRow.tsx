import { clockTime, fullTime } from "@hutong/i18n";
import { Face } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import type { Conversation, Id } from "@hutong/realtime";
import { IconPin } from "@tabler/icons-react";
import { memo, useState } from "react";

import { useLanguage } from "../../../app/language";
import { useComposing } from "../hooks/useComposing";
import { useLongPress } from "../hooks/useLongPress";
import { useAllowed, useDeeds } from "../hooks/useDeeds";
import { useInbox } from "../hooks/useMessenger";
import { useSelecting } from "../hooks/useSelecting";
import type { Bubble } from "../state/rows";
import { personName } from "../state/selectors";
import { FailureNote } from "./FailureNote";
import classes from "./Message.module.css";
import { MessageBody } from "./MessageBody";
import { GroupMark, MessageMark } from "./MessageMark";
import { MessageMenu } from "./MessageMenu";
import { NudgeDialog } from "./nudges/NudgeDialog";
import { NudgeMark } from "./nudges/NudgeMark";
import { OutsideBadge } from "./OutsideBadge";
import { Reactions } from "./Reactions";
import { ReadCount } from "./ReadCount";
import { SelectMark } from "./SelectMark";
import { TopicChip } from "./topics/TopicChip";
import { VersionsDialog } from "./VersionsDialog";

interface MessageRowProps {
  conversationId: Id;
  kind: Conversation["kind"];
  bubble: Bubble;
  startsGroup: boolean;
  endsGroup: boolean;
  isMarked: boolean;
  onOpenImage: (clientOrSeqKey: string) => void;
  onOpenReaders: (seq: number) => void;
}

/** One message: whose, what, when, and how far one's own has got. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { conversationId, kind, bubble, startsGroup, endsGroup, isMarked, onOpenImage, onOpenReaders } = props;
  const { t } = useLingui();
  const { language } = useLanguage();
  const person = useInbox((state) => state.people[bubble.senderId]);
  const name = useInbox((state) => personName(state, bubble.senderId)) || "…";
  const { topicId } = useComposing();
  const menu = useLongPress();
  const deeds = useDeeds(conversationId);
  const canReact = useAllowed(conversationId)(bubble).react;
  const isSelecting = useSelecting().selected !== null && bubble.seq !== null;
  const [isNudging, setIsNudging] = useState(false);
  const [areVersionsOpen, setAreVersionsOpen] = useState(false);
  const hasFailed = bubble.failure?.retry === false || bubble.upload?.status === "failed";
  const isAnnouncement = kind === "channel" && bubble.isOwn && bubble.seq !== null;
  const who = bubble.isOwn ? t`我` : name;
  return (
    <li
      className={classes.row}
      data-own={bubble.isOwn || undefined}
      data-selecting={isSelecting || undefined}
      data-starts={startsGroup || undefined}
      data-ends={endsGroup || undefined}
      data-marked={isMarked || undefined}
      data-pinned={bubble.isPinned || undefined}
      data-edited={bubble.editedAt !== null || undefined}
      data-seq={bubble.seq ?? undefined}
      data-sending={(bubble.seq === null && !bubble.upload && !hasFailed) || undefined}
    >
      {isSelecting ? <SelectMark seq={bubble.seq!} who={who} /> : null}
      {bubble.isOwn ? null : (
        <span className={classes.face}>{startsGroup ? <Face person={person ?? { id: bubble.senderId, name }} size={36} isMuted={person?.is_active === false} /> : null}</span>
      )}
      <div className={classes.column}>
        <span className={classes.hidden}>{t`${who}，${fullTime(bubble.at, language)}`}</span>
        {startsGroup && !bubble.isOwn && (kind === "group" || kind === "channel") ? (
          <div className={classes.sender} aria-hidden="true">
            {name}
            {person?.kind === "contact" ? <OutsideBadge /> : null}
          </div>
        ) : null}
        {bubble.topicId && startsGroup && topicId === null ? (
          <div className={classes.topic}>
            <TopicChip conversationId={conversationId} topicId={bubble.topicId} />
          </div>
        ) : null}
        <div className={classes.line}>
          <div className={classes.bubble} data-kind={bubble.kind} {...menu.touch}>
            <MessageBody conversationId={conversationId} bubble={bubble} onOpenImage={onOpenImage} />
          </div>
          <div className={classes.side}>
            <span className={classes.meta}>
              <time dateTime={bubble.at} title={fullTime(bubble.at, language)} aria-hidden="true">
                {clockTime(bubble.at, language)}
              </time>
              {bubble.isPinned ? <IconPin size={13} className={classes.pin} aria-label={t`已置顶`} /> : null}
              {bubble.editedAt ? (
                <button type="button" className={classes.edited} aria-haspopup="dialog" onClick={() => setAreVersionsOpen(true)}>
                  {t`已编辑`}
                </button>
              ) : null}
              {bubble.isOwn && !hasFailed && !isAnnouncement ? <Mark conversationId={conversationId} kind={kind} seq={bubble.seq} onOpenReaders={onOpenReaders} /> : null}
            </span>
            <MessageMenu
              conversationId={conversationId}
              bubble={bubble}
              isOpen={menu.isOpen}
              onChange={menu.setIsOpen}
              onOpenReaders={bubble.isOwn && kind === "group" ? onOpenReaders : undefined}
              onOpenVersions={() => setAreVersionsOpen(true)}
              onNudge={() => setIsNudging(true)}
            />
          </div>
        </div>
        {bubble.reactions.length > 0 ? <Reactions reactions={bubble.reactions} onToggle={canReact ? (emoji) => deeds.react(bubble, emoji) : undefined} /> : null}
        {bubble.isNudged && bubble.seq !== null ? <NudgeMark conversationId={conversationId} seq={bubble.seq} isOwn={bubble.isOwn} /> : null}
        {isNudging && bubble.seq !== null ? <NudgeDialog conversationId={conversationId} seq={bubble.seq} onClose={() => setIsNudging(false)} /> : null}
        {bubble.editedAt ? (
          <VersionsDialog conversationId={conversationId} bubble={bubble} isOpen={areVersionsOpen} onClose={() => setAreVersionsOpen(false)} />
        ) : null}
        {isAnnouncement ? <ReadCount channelId={conversationId} seq={bubble.seq!} /> : null}
        {hasFailed ? <FailureNote bubble={bubble} /> : null}
      </div>
    </li>
  );
});

function Mark({ kind, seq, onOpenReaders, conversationId }: Pick<MessageRowProps, "kind" | "conversationId" | "onOpenReaders"> & { seq: number | null }) {
  if (kind !== "group" || seq === null) return <MessageMark conversationId={conversationId} seq={seq} />;
  return <GroupMark conversationId={conversationId} seq={seq} onOpenReaders={onOpenReaders} />;
}
