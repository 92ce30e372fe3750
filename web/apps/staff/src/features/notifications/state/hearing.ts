/** Whether a person wants to hear of something that was said, here and now. Pure: the server asks the same of what it pushes. */
import type { NotificationSettings } from "@hutong/api";
import type { Message } from "@hutong/realtime";

import type { InboxState } from "../../messaging/state/inbox";
import { callsOn } from "../../messaging/state/mentions";
import { isMuted } from "../../messaging/state/settings";

/** What is said to this person by somebody else, and still waits for them. */
export function wantsToHear(state: InboxState, { conversation_id: id, seq, sender_id, kind, mentions }: Message): boolean {
  if (sender_id === state.personId) return false;
  // A notice says what happened, and a muted talk may go on by itself; only who is called on is asked for something by them.
  const isBackground = kind === "notice" || isMuted(state, id);
  if (isBackground && !callsOn({ sender_id, mentions }, state.personId)) return false;
  const conversation = state.conversations[id];
  return conversation !== undefined && conversation.read_seq < seq;
}

/** Every day from `begins` until before `ends`, by the clocks of their time zone; past midnight where `ends` is less. */
export function isQuiet(quiet: NotificationSettings["quiet_hours"], now: Date): boolean {
  if (!quiet) return false;
  const local = new Intl.DateTimeFormat("en-GB", { timeZone: quiet.time_zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(now);
  const { begins, ends } = quiet;
  return begins < ends ? begins <= local && local < ends : local >= begins || local < ends;
}
