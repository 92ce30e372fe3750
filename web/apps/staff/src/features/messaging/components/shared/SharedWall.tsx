import { fullTime } from "@hutong/i18n";
import type { Id, Message, Person } from "@hutong/realtime";
import { useLingui } from "@lingui/react/macro";
import { IconMessage, IconMessageForward } from "@tabler/icons-react";
import { useState } from "react";

import { useLanguage } from "../../../../app/language";
import { thumbnailUrl } from "../../api/messaging";
import { useInbox } from "../../hooks/useMessenger";
import { useShow } from "../../hooks/useShow";
import { personName } from "../../state/selectors";
import { Stage } from "../Lightbox";
import lightbox from "../Lightbox.module.css";
import classes from "./Shared.module.css";

interface SharedWallProps {
  conversationId: Id;
  messages: readonly Message[];
  /** Of all months: the arrows of a large picture go through them. */
  all: readonly Message[];
  people: Readonly<Record<Id, Person>>;
  onGone?: () => void;
}

export function SharedWall({ conversationId, messages, all, people, onGone }: SharedWallProps) {
  const { t } = useLingui();
  const { show, forward } = useShow(conversationId, onGone);
  const [openSeq, setOpenSeq] = useState<number | null>(null);
  const at = all.findIndex((it) => it.seq === openSeq);
  const open = all[at];
  const close = () => setOpenSeq(null);
  const keyAt = (place: number) => (all[place] ? String(all[place].seq) : null);
  return (
    <div className={classes.wall}>
      {messages.map((message) => (
        <Picture key={message.seq} conversationId={conversationId} message={message} people={people} onOpen={() => setOpenSeq(message.seq)} />
      ))}
      {open?.file ? (
        <Stage
          conversationId={conversationId}
          file={open.file}
          // Newest first: what was said before lies further on.
          previous={keyAt(at - 1)}
          next={keyAt(at + 1)}
          onChange={(key) => setOpenSeq(key === null ? null : Number(key))}
          tools={
            <>
              <button type="button" className={lightbox.button} aria-label={t`在聊天中查看`} title={t`在聊天中查看`} onClick={() => (close(), show(open.seq))}>
                <IconMessage size={22} stroke={1.7} aria-hidden />
              </button>
              <button type="button" className={lightbox.button} aria-label={t`转发`} title={t`转发`} onClick={() => (close(), forward(open.seq))}>
                <IconMessageForward size={22} stroke={1.7} aria-hidden />
              </button>
            </>
          }
        />
      ) : null}
    </div>
  );
}

function Picture({ conversationId, message, people, onOpen }: { conversationId: Id; message: Message; people: Readonly<Record<Id, Person>>; onOpen: () => void }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const name = useInbox((state) => personName(state, message.sender_id)) || (people[message.sender_id]?.name ?? "");
  const { file, sent_at } = message;
  if (!file) return null;
  const said = `${name} · ${fullTime(sent_at, language)}`;
  return (
    <button type="button" className={classes.picture} aria-label={t`查看图片 ${file.name}，${said}`} title={said} onClick={onOpen}>
      <img src={thumbnailUrl(conversationId, file.id)} alt="" loading="lazy" decoding="async" />
    </button>
  );
}
