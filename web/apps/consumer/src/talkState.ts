import { emptyLog, type ConnectionState, type Id, type MessageLog, type Outgoing } from "@hutong/realtime";

import type { Me, WayIn } from "./api";
import type { PendingFile } from "./files";
import type { PendingPicture } from "./pictures";

export interface TalkState {
  /** missing: no such way in; ended: this browser is no longer signed in to the talk. */
  phase: "opening" | "ready" | "missing" | "ended";
  /** The page could not learn yet whom it leads to; it goes on trying. */
  isUnreachable: boolean;
  way: WayIn | null;
  me: Me | null;
  line: ConnectionState;
  log: MessageLog;
  isLogLoaded: boolean;
  hasOlder: boolean;
  /** What was said before is no longer kept. */
  firstSeq: number;
  isFetchingOlder: boolean;
  outgoing: readonly Outgoing[];
  pictures: readonly PendingPicture[];
  files: readonly PendingFile[];
  peerReadSeq: number;
  isPeerTyping: boolean;
  names: Readonly<Record<Id, string>>;
}

export const unopened: TalkState = {
  phase: "opening",
  isUnreachable: false,
  way: null,
  me: null,
  line: "idle",
  log: emptyLog,
  isLogLoaded: false,
  hasOlder: false,
  firstSeq: 1,
  isFetchingOlder: false,
  outgoing: [],
  pictures: [],
  files: [],
  peerReadSeq: 0,
  isPeerTyping: false,
  names: {},
};
