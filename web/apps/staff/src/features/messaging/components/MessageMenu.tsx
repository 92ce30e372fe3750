import type { Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconBellRinging, IconChecks, IconCopy, IconDots, IconHash, IconHistory, IconListCheck, IconMessageForward, IconPencil, IconPin, IconPinnedOff, IconStar } from "@tabler/icons-react";
import { useLayoutEffect, useRef, useState } from "react";

import { useComposing } from "../hooks/useComposing";
import { useCopy } from "../hooks/useCopy";
import { useAllowed, useDeeds } from "../hooks/useDeeds";
import { useSelecting } from "../hooks/useSelecting";
import { useStarring } from "../hooks/useStars";
import { useInbox } from "../hooks/useMessenger";
import { useTopicDialog } from "../hooks/useTopics";
import type { Bubble } from "../state/rows";
import { MadeOf } from "./MadeOf";
import classes from "./Message.module.css";

interface MessageMenuProps {
  conversationId: Id;
  bubble: Bubble;
  isOpen: boolean;
  onChange: (isOpen: boolean) => void;
  /** Only where one may ask who has read it. */
  onOpenReaders?: (seq: number) => void;
  onOpenVersions: () => void;
  onNudge: () => void;
}

const QUICK = ["👍", "❤️", "😂", "🎉", "👌", "🙏"];

/** A button; the menu behind it is made when it is first opened, since hundreds of messages are opened never. */
export function MessageMenu(props: MessageMenuProps) {
  const { bubble, isOpen, onChange } = props;
  const { t } = useLingui();
  const [isMade, setIsMade] = useState(false);
  if (isOpen && !isMade) setIsMade(true);
  if (bubble.seq === null && bubble.kind !== "text") return null;
  if (isMade) return <MadeMenu {...props} />;
  return (
    <button type="button" className={classes.menuButton} aria-label={t`消息操作`} aria-haspopup="menu" onClick={() => onChange(true)}>
      <IconDots size={18} aria-hidden />
    </button>
  );
}

/** Into the topic that it belongs to, or a new one that begins with it. */
function TopicItem({ bubble, seq }: { bubble: Bubble; seq: number }) {
  const { t } = useLingui();
  const { show, go } = useTopicDialog();
  const { topicId } = bubble;
  const name = Array.from(bubble.text.replaceAll(/\s+/g, " ").trim()).slice(0, 20).join("");
  return (
    <Menu.Item leftSection={<IconHash size={16} aria-hidden />} onClick={() => (topicId ? go(topicId) : show({ mode: "begin", seq, name }))}>
      {topicId ? t`打开话题` : t`发起话题`}
    </Menu.Item>
  );
}

function MadeMenu({ conversationId, bubble, isOpen, onChange, onOpenReaders, onOpenVersions, onNudge }: MessageMenuProps) {
  const { t } = useLingui();
  const { seq } = bubble;
  const { reply, edit, topicId } = useComposing();
  const talk = useInbox((state) => state.conversations[conversationId]?.kind);
  const isGroup = talk === "group";
  const { forward, select } = useSelecting();
  const { star } = useStarring();
  const deeds = useDeeds(conversationId);
  const allowed = useAllowed(conversationId)(bubble);
  const copy = useCopy();
  // In the place of the button that was pressed: the focus comes back here when the menu closes.
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => button.current?.focus({ preventScroll: true }), []);
  return (
    <Menu opened={isOpen} onChange={onChange} position="bottom" withinPortal>
      <Menu.Target>
        <button ref={button} type="button" className={classes.menuButton} aria-label={t`消息操作`}>
          <IconDots size={18} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {allowed.react ? (
          <div className={classes.quick}>
            {QUICK.map((emoji) => (
              <Menu.Item key={emoji} className={classes.quickItem} aria-label={t`用 ${emoji} 回应`} onClick={() => deeds.react(bubble, emoji)}>
                {emoji}
              </Menu.Item>
            ))}
          </div>
        ) : null}
        {allowed.reply ? (
          <Menu.Item leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => reply(bubble)}>
            {t`回复`}
          </Menu.Item>
        ) : null}
        {seq !== null ? (
          <>
            <Menu.Item leftSection={<IconMessageForward size={16} aria-hidden />} onClick={() => forward({ seqs: [seq], way: "each" })}>
              {t`转发`}
            </Menu.Item>
            <Menu.Item leftSection={<IconListCheck size={16} aria-hidden />} onClick={() => select(seq)}>
              {t`多选`}
            </Menu.Item>
            <Menu.Item leftSection={<IconStar size={16} aria-hidden />} onClick={() => star(conversationId, seq)}>
              {t`收藏`}
            </Menu.Item>
          </>
        ) : null}
        {isGroup && seq !== null && topicId === null ? <TopicItem bubble={bubble} seq={seq} /> : null}
        {allowed.pin && seq !== null ? (
          <Menu.Item leftSection={bubble.isPinned ? <IconPinnedOff size={16} aria-hidden /> : <IconPin size={16} aria-hidden />} onClick={() => deeds.pin(seq, !bubble.isPinned)}>
            {bubble.isPinned ? t`取消置顶消息` : t({ message: "置顶消息", context: "verb" })}
          </Menu.Item>
        ) : null}
        {allowed.nudge ? (
          <Menu.Item leftSection={<IconBellRinging size={16} aria-hidden />} onClick={onNudge}>
            {t`加急提醒`}
          </Menu.Item>
        ) : null}
        {allowed.edit ? (
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => edit(bubble)}>
            {t`编辑`}
          </Menu.Item>
        ) : null}
        {allowed.recall ? (
          <Menu.Item leftSection={<IconArrowForwardUp size={16} aria-hidden />} onClick={() => deeds.recall(bubble)}>
            {t`撤回`}
          </Menu.Item>
        ) : null}
        {bubble.kind === "text" ? (
          <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => void copy(bubble.text, t`文字已复制`)}>
            {t`复制文字`}
          </Menu.Item>
        ) : null}
        {seq !== null ? <MadeOf said={{ conversationId, seq, kind: bubble.kind, text: bubble.text, talk }} /> : null}
        {seq !== null && onOpenReaders ? (
          <Menu.Item leftSection={<IconChecks size={16} aria-hidden />} onClick={() => onOpenReaders(seq)}>
            {t`查看谁已读`}
          </Menu.Item>
        ) : null}
        {bubble.editedAt ? (
          <Menu.Item leftSection={<IconHistory size={16} aria-hidden />} onClick={onOpenVersions}>
            {t`查看编辑记录`}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
