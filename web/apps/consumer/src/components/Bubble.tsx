import type { BundleItem, LinkPreview, Merged, Message, Outgoing, Quote, SendFailure, StoredFile } from "@hutong/realtime";
import { plainOf } from "@hutong/ui/words";
import { playTime } from "@hutong/ui/play";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

import type { Door } from "../api";
import type { PendingPicture } from "../pictures";
import type { Row } from "../rows";
import type { Talk } from "../talk";
import { t } from "../texts";
import { clockTime, fileSize } from "../times";
import { ColleagueCard } from "./ColleagueCard";
import { Icon } from "./Icon";
import { PlaceCard } from "./PlaceCard";
import { VoiceMessage } from "./VoiceMessage";
import type { Viewed } from "./Viewer";
import { Words } from "./Words";

const THUMBNAIL_PX = 220;
/** A timer that is set for longer goes off at once. */
const LONGEST_MS = 2 ** 31 - 1;

const NAMED = { image: "picture", file: "file", card: "card", merged: "record" } as const;

/** The words of a message, or what stands for them, in a line. */
function shortWords({ kind, text }: Pick<Message, "kind" | "text">): string {
  if (kind === "card" || kind === "voice" || kind === "location") return `${t(kind)} ${text}`;
  return plainOf(text) || (kind in NAMED ? t(NAMED[kind as keyof typeof NAMED]) : "");
}

/** What a message answers, above its words. */
function Quoted({ quote }: { quote: Quote }) {
  return <q class="quoted">{quote.is_recalled ? t("quoteRecalled") : (quote.file_name ?? shortWords(quote))}</q>;
}

/** What a page says of itself that a colleague linked to, and where one lands. */
function Linked({ url, host, title, description }: LinkPreview) {
  return (
    <a class="linked" href={url} target="_blank" rel="noopener noreferrer nofollow">
      <b>{title}</b>
      {description && <span>{description}</span>}
      <small>{host}</small>
    </a>
  );
}

function Said({ text, quote, preview }: { text: string; quote?: Quote; preview?: LinkPreview }) {
  return (
    <div class="bubble">
      {quote && <Quoted quote={quote} />}
      <Words text={text} />
      {preview && <Linked {...preview} />}
    </div>
  );
}

/** The place a picture will take, known before it is there. */
function placeOf(width: number | null, height: number | null): { width: number; height: number } {
  if (!width || !height) return { width: THUMBNAIL_PX, height: THUMBNAIL_PX * 0.75 };
  const scale = Math.min(1, THUMBNAIL_PX / Math.max(width, height));
  return { width: Math.max(48, Math.round(width * scale)), height: Math.max(48, Math.round(height * scale)) };
}

function Picture({ file, door, onView }: { file: StoredFile; door: Door; onView: (viewed: Viewed) => void }) {
  const view = { src: door.filePath(file.id), name: file.name };
  return (
    <button
      type="button"
      class="picture"
      style={placeOf(file.width, file.height)}
      aria-label={t("viewPicture")}
      onClick={() => onView(view)}
    >
      <img src={door.thumbnailPath(file.id)} alt="" loading="lazy" decoding="async" />
    </button>
  );
}

export function FileFace({ name, below }: { name: string; below: string }) {
  return (
    <>
      <Icon name="file" />
      <span>
        <b>{name}</b>
        <small>{below}</small>
      </span>
    </>
  );
}

function Download({ file, door }: { file: StoredFile; door: Door }) {
  const size = fileSize(file.size);
  return (
    <a class="bubble download" href={door.filePath(file.id)} download={file.name} aria-label={t("downloadFile", { name: file.name, size })}>
      <FileFace name={file.name} below={size} />
    </a>
  );
}

/** By its first picture, with how long and how large it is. */
function Film({ file, door, onView }: { file: StoredFile; door: Door; onView: (viewed: Viewed) => void }) {
  const src = door.filePath(file.id);
  const facts = factsOf(file);
  return (
    <button
      type="button"
      class="picture film"
      style={placeOf(file.width, file.height)}
      aria-label={t("playVideo", { name: file.name, facts })}
      onClick={() => onView({ src, name: file.name, as: "video" })}
    >
      {/* Not at 0: iPhones show the picture at a time, and none before it. */}
      <video src={`${src}#t=0.1`} preload="metadata" muted playsInline tabIndex={-1} aria-hidden="true" />
      <Icon name="play" />
      <small aria-hidden="true">{facts}</small>
    </button>
  );
}

function Song({ file, door, onView }: { file: StoredFile; door: Door; onView: (viewed: Viewed) => void }) {
  const facts = factsOf(file);
  return (
    <button
      type="button"
      class="bubble download"
      aria-label={t("playSound", { name: file.name, facts })}
      onClick={() => onView({ src: door.filePath(file.id), name: file.name, as: "sound" })}
    >
      <Icon name="play" />
      <span>
        <b>{file.name}</b>
        <small>{facts}</small>
      </span>
    </button>
  );
}

function factsOf({ duration_ms, size }: StoredFile): string {
  return duration_ms ? `${playTime(duration_ms)} · ${fileSize(size)}` : fileSize(size);
}

/** Several messages forwarded as one; opened, they stand below its first lines. */
function ForwardedTalk({ merged, door, onView }: { merged: Merged; door: Door; onView: (viewed: Viewed) => void }) {
  const [items, setItems] = useState<readonly BundleItem[] | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const read = () => door.bundle(merged.bundle_id).then(({ items: all }) => setItems(all)).catch(() => setFailed(true));
  const names = merged.names.join(t("and"));
  return (
    <div class="bubble record">
      <b>{t("recordOf", { names })}</b>
      {items
        ? items.map((item) => (
            <div>
              <small>{item.sender_name}</small>
              {item.merged ? (
                <ForwardedTalk merged={item.merged} door={door} onView={onView} />
              ) : (
                <Content said={item} door={door} onView={onView} />
              )}
            </div>
          ))
        : merged.lines.map((line) => (
            <small>
              {line.name}：{shortWords(line)}
            </small>
          ))}
      {!items && (
        <button type="button" onClick={() => void read()}>
          {t("readRecord", { count: merged.count })}
        </button>
      )}
      {hasFailed && <span role="alert">{t("failedTryAgain")}</span>}
    </div>
  );
}

type Said = Pick<Message, "kind" | "text" | "reply_to" | "merged" | "card" | "voice" | "location" | "preview"> & { file?: StoredFile | null };

function Content({ said, door, onView }: { said: Said; door: Door; onView: (viewed: Viewed) => void }) {
  const { kind, file, text, merged, card, voice, location } = said;
  if (merged) return <ForwardedTalk merged={merged} door={door} onView={onView} />;
  if (location) return <PlaceCard location={location} />;
  if (card) return <ColleagueCard card={card} door={door} />;
  if (voice && file) return <VoiceMessage src={door.filePath(file.id)} voice={voice} />;
  if (kind === "image" && file) return <Picture file={file} door={door} onView={onView} />;
  if (file?.shown_as === "video") return <Film file={file} door={door} onView={onView} />;
  if (file?.shown_as === "sound") return <Song file={file} door={door} onView={onView} />;
  if (file) return <Download file={file} door={door} />;
  return <Said text={text} quote={said.reply_to} preview={said.preview} />;
}

/** As long as it can be taken back. */
function Recall({ message, minutes, talk }: { message: Message; minutes: number; talk: Talk }) {
  const endsAt = Date.parse(message.sent_at) + minutes * 60_000;
  const [isOpen, setOpen] = useState(() => Date.now() < endsAt);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOpen(false), Math.min(Math.max(0, endsAt - Date.now()), LONGEST_MS));
    return () => clearTimeout(timer);
  }, [endsAt]);
  if (!isOpen) return null;
  const recall = () => talk.recall(message.seq).catch(() => setFailed(true));
  return (
    <>
      <button type="button" class="recall" onClick={() => void recall()}>
        {t("recall")}
      </button>
      {hasFailed && <span role="alert">{t("failedTryAgain")}</span>}
    </>
  );
}

function Reactions({ message, talk }: { message: Message; talk: Talk }) {
  const me = talk.state.me?.person_id ?? "";
  return (
    <span class="reactions">
      {message.reactions?.map(({ emoji, count, person_ids }) => (
        <button
          type="button"
          key={emoji}
          aria-pressed={person_ids.includes(me)}
          aria-label={t("reaction", { emoji, count })}
          onClick={() => void talk.react(message, emoji).catch(() => undefined)}
        >
          {emoji} {count}
        </button>
      ))}
    </span>
  );
}

interface MessageProps {
  row: Row & { is: "message" };
  talk: Talk;
  onView: (viewed: Viewed) => void;
}

export function MessageBubble({ row, talk, onView }: MessageProps) {
  const { message, isOwn, name, speaker, mark } = row;
  const at = new Date(message.sent_at);
  return (
    <li class={isOwn ? "message own" : "message"} aria-live={isOwn ? "off" : undefined}>
      {speaker ? <span class="speaker">{speaker}</span> : <span class="unseen">{isOwn ? t("you") : name}</span>}
      <div class="said" title={clockTime(at)}>
        <Content said={message} door={talk.door} onView={onView} />
      </div>
      {message.reactions && <Reactions message={message} talk={talk} />}
      {(mark || message.edited_at) && (
        <span class="mark">
          {message.edited_at && <span>{t("edited")} </span>}
          {mark}
          {isOwn && <Recall message={message} minutes={talk.state.way?.recall_minutes ?? 0} talk={talk} />}
        </span>
      )}
    </li>
  );
}

/** Refused: what to do about it. On its way: a word, in the place where "sent" will stand. */
function State(props: { failure: SendFailure | null; text: string; waiting: string; onRetry: () => void; onDiscard: () => void }) {
  const { failure, text, waiting, onRetry, onDiscard } = props;
  if (!failure) return <span class="mark">{waiting}</span>;
  const isWaiting = failure.retry;
  return (
    <span class={isWaiting ? "mark" : "mark failed"}>
      {!isWaiting && failure.message && <span>{failure.message} </span>}
      <button type="button" aria-label={t("retry", { text })} onClick={onRetry}>
        {t(isWaiting ? "waitingForNetwork" : "notSent")}
      </button>
      {!isWaiting && (
        <button type="button" onClick={onDiscard}>
          {t("discard")}
        </button>
      )}
    </span>
  );
}

export function OwnRow({ children, state }: { children: ComponentChildren; state: ComponentChildren }) {
  return (
    <li class="message own on-its-way" aria-live="off">
      <div class="said">{children}</div>
      {state}
    </li>
  );
}

interface EchoActions {
  onRetry: (clientId: string) => void;
  onDiscard: (clientId: string) => void;
}

export function EchoBubble({ echo, onRetry, onDiscard }: { echo: Outgoing } & EchoActions) {
  const { client_id, text, failure, location, file } = echo;
  const shown = failure?.code === "message_too_long" ? { ...failure, message: t("tooLong") } : failure;
  return (
    <OwnRow
      state={
        <State
          failure={shown}
          text={text || (file?.name ?? "")}
          waiting={t("sending")}
          onRetry={() => onRetry(client_id)}
          onDiscard={() => onDiscard(client_id)}
        />
      }
    >
      {location ? (
        <PlaceCard location={location} />
      ) : file ? (
        <div class="bubble download">
          <FileFace name={file.name} below={fileSize(file.size)} />
        </div>
      ) : (
        <Said text={text} />
      )}
    </OwnRow>
  );
}

export function PictureEcho({ picture, onRetry, onDiscard }: { picture: PendingPicture } & EchoActions) {
  const { client_id, url, width, height, progress, failure, voice } = picture;
  const percent = Math.round((progress ?? 0) * 100);
  const shown = failure && !failure.retry && !failure.message ? { ...failure, message: t(voice ? "failedTryAgain" : "pictureUnsendable") } : failure;
  const waiting = progress === null ? t("sending") : t("uploading", { percent });
  return (
    <OwnRow
      state={
        <State
          failure={shown}
          text={t(voice ? "voice" : "picture")}
          waiting={waiting}
          onRetry={() => onRetry(client_id)}
          onDiscard={() => onDiscard(client_id)}
        />
      }
    >
      {voice ? (
        <VoiceMessage src={url} voice={voice} />
      ) : (
        <span class="picture" style={placeOf(width, height)}>
          <img src={url} alt={t("picture")} />
          {!failure && <progress value={percent} max={100} aria-label={waiting} />}
        </span>
      )}
    </OwnRow>
  );
}
