import { newClientId, type Id } from "@hutong/realtime";
import type { Recorded } from "@hutong/ui/voice";
import { isInOpenFence } from "@hutong/ui/words";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Textarea } from "@mantine/core";
import { IconMicrophone, IconSend2 } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useRef, useState, type ClipboardEvent, type KeyboardEvent } from "react";

import { ariaKey, isOf } from "../../../app/keys/keyNames";
import { useKey } from "../../../app/keys/useKey";
import { showToast } from "../../../app/toast";
import type { Attachments } from "../hooks/useAttachments";
import { useComposerKeys } from "../hooks/useComposerKeys";
import { useComposing } from "../hooks/useComposing";
import { useDeeds } from "../hooks/useDeeds";
import { useKeptDraft } from "../hooks/useKeptDraft";
import { useMentioning } from "../hooks/useMentioning";
import { useInbox, useMessenger } from "../hooks/useMessenger";
import { useLinkHint } from "../hooks/usePreviews";
import { useScheduling } from "../hooks/useScheduled";
import { marked } from "../state/marking";
import { useTopic } from "../hooks/useTopics";
import { voiceAttachment } from "../state/uploads";
import { AttachMenu } from "./AttachMenu";
import { AttachmentTray } from "./AttachmentTray";
import { ComposingBar } from "./ComposingBar";
import classes from "./Composer.module.css";
import { ConfirmDialog } from "./ConfirmDialog";
import { EmojiPicker } from "./EmojiPicker";
import { MentionList, mentionAria } from "./MentionList";
import { SendLaterMenu } from "./scheduled/SendLaterMenu";
import { LinkHint } from "./previews/LinkHint";
import { RecordingBar } from "./RecordingBar";

const LONGEST = 8_000;
const NEAR_LONGEST = 7_500;

interface ComposerProps {
  conversationId: Id;
  attachments: Attachments;
  /** The newest is wanted in sight. */
  onPresent: () => void;
}

/** Where one writes. Enter sends, Shift+Enter begins a line, as Enter does in a block of code; and a word half-typed in an input method is never sent. */
export function Composer({ conversationId, attachments, onPresent }: ComposerProps) {
  const { t } = useLingui();
  const messenger = useMessenger();
  const navigate = useNavigate();
  const { topicId, draftId, composing, stop } = useComposing();
  const topic = useTopic(conversationId, topicId);
  const about = topicId === null ? {} : { topic_id: topicId };
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => messenger.drafts.partsOf(draftId).text);
  const [caret, setCaret] = useState(text.length);
  const [asksForAll, setAsksForAll] = useState(false);
  const [isRecording, setIsRecording] = useState(false);
  const name = topic?.name;
  const listId = useId();
  const others = useInbox((state) => state.conversations[conversationId]?.participant_count ?? 1) - 1;
  // Counted as the server counts: characters, not the halves of emoji.
  const length = text.length > NEAR_LONGEST ? Array.from(text.trim()).length : 0;
  const isTooLong = length > LONGEST;

  useEffect(() => {
    // On a phone the keyboard would cover half of what one came to read.
    const box = field.current;
    if (!box || window.matchMedia("(hover: none), (max-width: 768px)").matches) return;
    box.focus({ preventScroll: true });
    // Behind the draft, if there is one.
    box.setSelectionRange(box.value.length, box.value.length);
  }, []);

  useKeptDraft(setText);
  const deeds = useDeeds(conversationId);
  const isEditing = composing?.mode === "edit";
  const link = useLinkHint(isEditing ? "" : text);
  const { schedule } = useScheduling();
  const [shown, setShown] = useState(composing);
  // What the field is about has changed: an edit brings its own words, and leaves the draft as it was.
  if (shown !== composing) {
    setShown(composing);
    if (composing?.mode === "edit" || composing?.mode === "again") setText(composing.text);
    else if (shown?.mode === "edit") setText(messenger.drafts.partsOf(draftId).text);
  }
  useEffect(() => {
    if (!composing) return undefined;
    if (composing.mode === "again") messenger.drafts.change(draftId, { text: composing.text });
    // A draft that is taken up again must not open the keyboard of a phone.
    if (composing.mode === "reply" && composing.isResumed) return undefined;
    // After the menu has given the focus back to its button.
    const timer = setTimeout(() => {
      const box = field.current;
      box?.focus();
      box?.setSelectionRange(box.value.length, box.value.length);
    }, 0);
    return () => clearTimeout(timer);
  }, [composing, messenger, draftId]);

  const change = (next: string) => {
    setText(next);
    if (isEditing) return;
    messenger.drafts.change(draftId, { text: next });
    if (next.trim()) messenger.client.typing(conversationId);
  };

  const put = (from: number, to: number, words: string, caretAt = words.length) => {
    change(text.slice(0, from) + words + text.slice(to));
    requestAnimationFrame(() => {
      field.current?.focus({ preventScroll: true });
      field.current?.setSelectionRange(from + caretAt, from + caretAt);
      setCaret(from + caretAt);
    });
  };
  const mark = (name: "strong" | "code", { selectionStart: from, selectionEnd: to }: HTMLTextAreaElement) => {
    const { words, caretAt } = marked(name, text.slice(from, to));
    put(from, to, words, caretAt);
  };
  const mentioning = useMentioning(conversationId, { text, caret, replace: put });

  const send = (isSure = false) => {
    const said = text.trim();
    if (isTooLong) {
      showToast("failed", t`消息超过 ${LONGEST} 字，请分几条发送。`);
      return;
    }
    if (isEditing) {
      if (said) deeds.edit(composing.seq, said);
      stop();
      return;
    }
    const mentions = mentioning.mentionsOf(said);
    if (mentions?.everybody && !isSure) return setAsksForAll(true);
    const taken = attachments.take();
    if (taken.length > 0) messenger.sendAttachments(conversationId, taken, about);
    if (said) {
      messenger.sendText(conversationId, said, { ...messenger.topics.ofAnswer(composing?.mode === "reply" ? composing : null), ...about, ...link.without, mentions });
      link.reset();
      setText("");
      messenger.drafts.clear(draftId);
      stop();
    }
    if (said || taken.length > 0) onPresent();
    field.current?.focus({ preventScroll: true });
  };

  const waiting = useRef<{ again: string; client_id: string } | null>(null);
  const sendLater = async (at: Date) => {
    const said = text.trim();
    const reply_to_seq = composing?.mode === "reply" ? composing.quote.seq : null;
    // Pressed again after an answer that was lost, it is the same one.
    const again = JSON.stringify([said, at, reply_to_seq]);
    if (waiting.current?.again !== again) waiting.current = { again, client_id: newClientId() };
    const wish = { client_id: waiting.current.client_id, text: said, send_at: at.toISOString(), reply_to_seq, mentions: mentioning.mentionsOf(said) ?? null };
    if (!(await schedule(conversationId, wish))) return false;
    waiting.current = null;
    setText("");
    messenger.drafts.clear(draftId);
    stop();
    field.current?.focus({ preventScroll: true });
    return true;
  };

  const reachBack = useComposerKeys(conversationId);
  useKey("present", () => {
    if (composing) return stop();
    if (topicId !== null) return void navigate({ to: "/chats/$conversationId", params: { conversationId } });
    void messenger.finish(conversationId);
    onPresent();
    field.current?.focus({ preventScroll: true });
  });
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (mentioning.onKeyDown(event)) return undefined;
    if (event.key === "Escape" && composing && !event.nativeEvent.isComposing) {
      event.preventDefault();
      return stop();
    }
    if (text === "" && attachments.items.length === 0 && reachBack(event.nativeEvent)) return event.preventDefault();
    // 229: browsers that end the composition before telling of the Enter that ended it.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const marks = isOf(event.nativeEvent, "strong") ? "strong" : isOf(event.nativeEvent, "code") ? "code" : null;
    if (marks) {
      event.preventDefault();
      return mark(marks, event.currentTarget);
    }
    if (!isOf(event.nativeEvent, "send") && (event.key !== "Enter" || event.shiftKey || isInOpenFence(text, event.currentTarget.selectionStart))) return;
    event.preventDefault();
    send();
  };

  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    // Spreadsheets put a picture beside the text they copy: the text is what was meant.
    if (files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    attachments.add(files.map((it) => (it.name === "image.png" ? named(it) : it)));
  };

  const insert = (emoji: string) => {
    const box = field.current;
    put(box?.selectionStart ?? text.length, box?.selectionEnd ?? text.length, emoji);
  };

  const chooseFiles = (files: readonly File[]) => {
    attachments.add(files);
    field.current?.focus({ preventScroll: true });
  };

  const stopRecording = () => {
    setIsRecording(false);
    requestAnimationFrame(() => field.current?.focus({ preventScroll: true }));
  };
  const speak = ({ blob, durationMs, levels }: Recorded) => {
    messenger.sendAttachments(conversationId, [voiceAttachment(blob, { duration_ms: durationMs, levels })], about);
    onPresent();
  };

  const isEmpty = text.trim() === "" && attachments.items.length === 0;
  return (
    <div className={classes.composer}>
      {composing ? <ComposingBar conversationId={conversationId} composing={composing} onStop={stop} /> : null}
      <AttachmentTray attachments={attachments} />
      <LinkHint host={link.host} onDismiss={link.dismiss} />
      <MentionList id={listId} mentioning={mentioning} />
      {isRecording ? <RecordingBar onSend={speak} onClose={stopRecording} /> : null}
      <div className={classes.box} hidden={isRecording}>
        <EmojiPicker onPick={insert} />
        <AttachMenu conversationId={conversationId} onFiles={chooseFiles} onSent={onPresent} />
        <Textarea
          ref={field}
          className={classes.field}
          classNames={{ input: classes.input }}
          variant="unstyled"
          aria-label={t`输入消息`}
          placeholder={name ? t`在“${name}”里说` : t`输入消息`}
          autosize
          minRows={1}
          maxRows={8}
          value={text}
          aria-invalid={isTooLong || undefined}
          enterKeyHint="send"
          aria-keyshortcuts={ariaKey("present")}
          {...mentionAria(listId, mentioning)}
          onChange={(event) => change(event.currentTarget.value)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <ActionIcon className={`${classes.tool} ${classes.microphone}`} data-typed={text.trim() !== "" || undefined} variant="subtle" color="gray" size={36} aria-label={t`录语音`} title={t`录语音`} onClick={() => setIsRecording(true)}>
          <IconMicrophone size={21} stroke={1.7} aria-hidden />
        </ActionIcon>
        <ActionIcon className={classes.send} data-empty={isEmpty || undefined} variant="filled" size={36} radius={10} aria-label={t`发送`} title={t`发送`} onClick={() => send()}>
          <IconSend2 size={19} stroke={1.8} aria-hidden />
        </ActionIcon>
        {isEditing || topicId !== null || attachments.items.length > 0 ? null : <SendLaterMenu isEmpty={text.trim() === "" || isTooLong} onChoose={sendLater} />}
      </div>
      <ConfirmDialog
        isOpen={asksForAll}
        title={t`提醒所有人？`}
        text={t`这条消息会提醒群里的 ${others} 人。`}
        action={t`发送并提醒`}
        onConfirm={() => {
          send(true);
          return Promise.resolve();
        }}
        onClose={() => setAsksForAll(false)}
      />
      {length > 0 ? (
        <div className={classes.length} data-over={isTooLong || undefined} role="status">
          {isTooLong ? t`已超出 ${length - LONGEST} 字，请分几条发送` : t`还可以写 ${LONGEST - length} 字`}
        </div>
      ) : null}
    </div>
  );
}

/** Every screenshot from the clipboard is called image.png; the time tells them apart in a folder of downloads. */
function named(file: File): File {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
  return new File([file], `image-${stamp}.png`, { type: file.type });
}
