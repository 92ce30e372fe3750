import { pendingEchoes, visibleMessages, type Message, type Outgoing } from "@hutong/realtime";

import type { PendingFile } from "./files";
import type { PendingPicture } from "./pictures";
import type { TalkState } from "./talkState";
import { t } from "./texts";
import { separatorBetween } from "./times";

export type Row =
  | { key: string; is: "separator" | "notice"; text: string }
  | { key: string; is: "message"; message: Message; isOwn: boolean; name: string | null; speaker: string | null; mark: string | null }
  | { key: string; is: "echo"; echo: Outgoing }
  | { key: string; is: "picture"; picture: PendingPicture }
  | { key: string; is: "file"; file: PendingFile };

/** What a notice says to the customer; null: it is the staff's affair. */
export function noticeText({ notice }: Message): string | null {
  if (notice?.action !== "owner_changed") return null;
  const name = notice.people[0]?.name ?? notice.name;
  return name ? t("takenOver", { name }) : null;
}

function recalledText({ sender_id }: Message, { me, names, way }: TalkState): string {
  if (sender_id === me?.person_id) return t("youRecalled");
  return t("recalled", { name: names[sender_id] ?? way?.member.name ?? "" });
}

/** The talk as the page shows it, top to bottom: times, messages, then what is on its way. */
export function rowsOf(state: TalkState, now = new Date()): Row[] {
  const rows: Row[] = [];
  const me = state.me?.person_id;
  const own = new Set<string>();
  let previous: Date | null = null;
  let writtenAt: Date | null = null;
  let speaker: string | null = null;
  let lastOwn: (Row & { is: "message" }) | null = null;

  for (const message of visibleMessages(state.log)) {
    const notice = message.kind === "notice" ? noticeText(message) : null;
    if (message.kind === "notice" && notice === null) continue;
    const at = new Date(message.sent_at);
    const separator = separatorBetween(previous, writtenAt, at, now);
    if (separator) {
      rows.push({ key: `t${message.seq}`, is: "separator", text: separator });
      writtenAt = at;
    }
    previous = at;
    if (message.recalled_at) {
      rows.push({ key: `n${message.seq}`, is: "notice", text: recalledText(message, state) });
      own.add(message.client_id);
      continue;
    }
    if (notice !== null) {
      rows.push({ key: `n${message.seq}`, is: "notice", text: notice });
      continue;
    }
    const isOwn = message.sender_id === me;
    own.add(message.client_id);
    const name = isOwn ? null : (state.names[message.sender_id] ?? null);
    // The page's head names whom one talks to; only a colleague who joins in is named at the words.
    const isOther = name !== null && name !== state.way?.member.name && name !== speaker;
    if (!isOwn) speaker = name;
    // By client_id, so that the echo becomes the message without a blink.
    const key = isOwn ? `e${message.client_id}` : `m${message.seq}`;
    const row: Row & { is: "message" } = { key, is: "message", message, isOwn, name, speaker: isOther ? name : null, mark: null };
    if (isOwn) lastOwn = row;
    rows.push(row);
  }
  if (lastOwn) lastOwn.mark = lastOwn.message.seq <= state.peerReadSeq ? t("read") : t("sent");

  const echoes = pendingEchoes(state.log, state.outgoing, state.me?.conversation_id ?? null);
  const pictures = state.pictures.filter((picture) => !own.has(picture.client_id));
  const waiting: Row[] = [
    ...echoes.map((echo): Row => ({ key: `e${echo.client_id}`, is: "echo", echo })),
    ...pictures.map((picture): Row => ({ key: `e${picture.client_id}`, is: "picture", picture })),
    ...state.files.map((file): Row => ({ key: `e${file.client_id}`, is: "file", file })),
  ];
  const ageOf = (row: Row) => (row.is === "echo" ? row.echo.created_at : row.is === "picture" ? row.picture.created_at : row.is === "file" ? row.file.created_at : "");
  waiting.sort((a, b) => (ageOf(a) < ageOf(b) ? -1 : 1));
  return [...rows, ...waiting];
}
