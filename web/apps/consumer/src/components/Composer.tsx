import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { keep, recall } from "../keepsakes";
import type { Talk } from "../talk";
import { t } from "../texts";
import { Icon } from "./Icon";
import { Recording } from "./Recording";
import { TellPlace } from "./TellPlace";

/** As high as what is written, up to the height the style sets. */
function fit(field: HTMLTextAreaElement): void {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}

export function Composer({ talk, isEnded }: { talk: Talk; isEnded: boolean }) {
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const chooserRef = useRef<HTMLInputElement>(null);
  const [hasWords, setHasWords] = useState(false);
  const [doing, setDoing] = useState<"writing" | "recording" | "locating">("writing");

  const wordsChanged = useCallback(() => {
    const { value } = fieldRef.current!;
    setHasWords(value.trim() !== "");
    keep("draft", talk.token, value);
    fit(fieldRef.current!);
  }, [talk]);

  useLayoutEffect(() => {
    // What was written before this script came goes before the draft of last time.
    fieldRef.current!.value ||= recall("draft", talk.token);
    wordsChanged();
  }, [talk, wordsChanged]);

  useEffect(() => {
    // On a phone the keyboard would cover the greeting.
    if (matchMedia("(pointer: fine)").matches) fieldRef.current!.focus();
  }, []);

  const say = () => {
    const text = fieldRef.current!.value.trim();
    if (!text) return;
    talk.say(text);
    fieldRef.current!.value = "";
    wordsChanged();
  };

  const keyPressed = (event: KeyboardEvent) => {
    // The Enter that picks a word from an input method sends nothing; Safari marks it by 229 alone.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    say();
  };

  const form = (
    <form
      class="composer"
      hidden={doing !== "writing"}
      aria-label={t("composer")}
      onSubmit={(event) => {
        event.preventDefault();
        say();
      }}
    >
      <button type="button" class="icon" aria-label={t("sendPicture")} disabled={isEnded} onClick={() => chooserRef.current!.click()}>
        <Icon name="picture" />
      </button>
      <textarea
        ref={fieldRef}
        aria-label={t("message")}
        placeholder={t("message")}
        rows={1}
        maxLength={8000}
        enterkeyhint="send"
        disabled={isEnded}
        onInput={() => {
          wordsChanged();
          talk.typing();
        }}
        onKeyDown={keyPressed}
        onPaste={(event) => {
          const files = event.clipboardData?.files;
          if (!files?.length) return;
          event.preventDefault();
          talk.show(files);
        }}
      />
      {/* Room for the words, once there are some. */}
      <button type="button" class="icon" aria-label={t("sendPlace")} disabled={isEnded} hidden={hasWords} onClick={() => setDoing("locating")}>
        <Icon name="pin" />
      </button>
      <button type="button" class="icon" aria-label={t("recordVoice")} disabled={isEnded} hidden={hasWords} onClick={() => setDoing("recording")}>
        <Icon name="microphone" />
      </button>
      <button
        type="submit"
        class="send"
        disabled={!hasWords || isEnded}
        // The phone's keyboard stays up.
        onPointerDown={(event) => event.preventDefault()}
      >
        {t("send")}
      </button>
      <input
        ref={chooserRef}
        type="file"
        accept="image/*,video/*"
        multiple
        hidden
        aria-label={t("sendPicture")}
        tabIndex={-1}
        onChange={(event) => {
          talk.show([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
    </form>
  );
  return (
    <>
      {form}
      {doing === "recording" && <Recording onSend={(recorded) => talk.speak(recorded)} onClose={() => setDoing("writing")} />}
      {doing === "locating" && (
        <TellPlace name={talk.state.way?.member.name ?? ""} onSend={(location) => talk.tellPlace(location)} onClose={() => setDoing("writing")} />
      )}
    </>
  );
}
