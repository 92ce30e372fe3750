import type { Id } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Textarea } from "@mantine/core";
import { IconPaperclip, IconSend2 } from "@tabler/icons-react";
import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from "react";

import { showToast } from "../../../app/toast";
import type { Attachments } from "../hooks/useAttachments";
import { useComposing } from "../hooks/useComposing";
import { useDeeds } from "../hooks/useDeeds";
import { useMessenger } from "../hooks/useMessenger";
import { AttachmentTray } from "./AttachmentTray";
import { ComposingBar } from "./ComposingBar";
import classes from "./Composer.module.css";
import { EmojiPicker } from "./EmojiPicker";

const LONGEST = 8_000;
const NEAR_LONGEST = 7_500;

interface ComposerProps {
  conversationId: Id;
  attachments: Attachments;
  onSent: () => void;
}

/** Where one writes. Enter sends, Shift+Enter begins a line, and a word half-typed in an input method is never sent. */
export function Composer({ conversationId, attachments, onSent }: ComposerProps) {
  const { t } = useLingui();
  const messenger = useMessenger();
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(() => messenger.drafts.get(conversationId));
  // Counted as the server counts: characters, not the halves of emoji.
  const length = text.length > NEAR_LONGEST ? Array.from(text.trim()).length : 0;
  const isTooLong = length > LONGEST;

  useEffect(() => {
    // On a phone the keyboard would cover half of what one came to read.
    if (!window.matchMedia("(hover: none), (max-width: 768px)").matches) field.current?.focus({ preventScroll: true });
  }, []);

  const { composing, stop } = useComposing();
  const deeds = useDeeds(conversationId);
  const isEditing = composing?.mode === "edit";
  const [shown, setShown] = useState(composing);
  // What the field is about has changed: an edit brings its own words, and leaves the draft as it was.
  if (shown !== composing) {
    setShown(composing);
    if (composing?.mode === "edit" || composing?.mode === "again") setText(composing.text);
    else if (shown?.mode === "edit") setText(messenger.drafts.get(conversationId));
  }
  useEffect(() => {
    if (!composing) return undefined;
    if (composing.mode === "again") messenger.drafts.set(conversationId, composing.text);
    // After the menu has given the focus back to its button.
    const timer = setTimeout(() => {
      const box = field.current;
      box?.focus();
      box?.setSelectionRange(box.value.length, box.value.length);
    }, 0);
    return () => clearTimeout(timer);
  }, [composing, messenger, conversationId]);

  const change = (next: string) => {
    setText(next);
    if (isEditing) return;
    messenger.drafts.set(conversationId, next);
    if (next.trim()) messenger.client.typing(conversationId);
  };

  const send = () => {
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
    const taken = attachments.take();
    if (taken.length > 0) messenger.sendAttachments(conversationId, taken);
    if (said) {
      messenger.sendText(conversationId, said, composing?.mode === "reply" ? composing.quote : undefined);
      setText("");
      messenger.drafts.set(conversationId, "");
      stop();
    }
    if (said || taken.length > 0) onSent();
    field.current?.focus({ preventScroll: true });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape" && composing && !event.nativeEvent.isComposing) return stop();
    // 229: browsers that end the composition before telling of the Enter that ended it.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229) return;
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
    const start = box?.selectionStart ?? text.length;
    const end = box?.selectionEnd ?? text.length;
    change(text.slice(0, start) + emoji + text.slice(end));
    requestAnimationFrame(() => {
      box?.focus({ preventScroll: true });
      box?.setSelectionRange(start + emoji.length, start + emoji.length);
    });
  };

  const chooseFiles = (files: FileList | null) => {
    if (files) attachments.add([...files]);
    if (picker.current) picker.current.value = "";
    field.current?.focus({ preventScroll: true });
  };

  const isEmpty = text.trim() === "" && attachments.items.length === 0;
  return (
    <div className={classes.composer}>
      {composing ? <ComposingBar conversationId={conversationId} composing={composing} onStop={stop} /> : null}
      <AttachmentTray attachments={attachments} />
      <div className={classes.box}>
        <EmojiPicker onPick={insert} />
        <ActionIcon className={classes.tool} variant="subtle" color="gray" size={36} aria-label={t`添加图片或文件`} title={t`添加图片或文件`} onClick={() => picker.current?.click()}>
          <IconPaperclip size={21} stroke={1.7} aria-hidden />
        </ActionIcon>
        <input ref={picker} type="file" multiple hidden aria-label={t`选择文件`} onChange={(event) => chooseFiles(event.currentTarget.files)} />
        <Textarea
          ref={field}
          className={classes.field}
          classNames={{ input: classes.input }}
          variant="unstyled"
          aria-label={t`输入消息`}
          placeholder={t`输入消息`}
          autosize
          minRows={1}
          maxRows={8}
          value={text}
          aria-invalid={isTooLong || undefined}
          enterKeyHint="send"
          onChange={(event) => change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <ActionIcon className={classes.send} data-empty={isEmpty || undefined} variant="filled" size={36} radius={10} aria-label={t`发送`} title={t`发送`} onClick={send}>
          <IconSend2 size={19} stroke={1.8} aria-hidden />
        </ActionIcon>
      </div>
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
