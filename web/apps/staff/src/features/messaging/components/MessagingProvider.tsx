import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";

import { ME_KEY } from "../../../app/client";
import { useMe } from "../../../app/session";
import * as keepingApi from "../api/keeping";
import * as messagingApi from "../api/messaging";
import * as pinsApi from "../api/pins";
import * as previewsApi from "../api/previews";
import * as topicsApi from "../api/topics";
import { uploadFile } from "../api/uploads";
import { useJoinRequestWatch } from "../hooks/useJoinRequests";
import { useScheduledWatch } from "../hooks/useScheduled";
import { MessengerContext, useInbox } from "../hooks/useMessenger";
import { useUnreadInTitle } from "../hooks/useUnreadInTitle";
import { Messenger } from "../state/messenger";
import { NudgeStrip } from "./nudges/NudgeStrip";
import { Announcer } from "./Announcer";
import { MessageEntries, type MessageEntry } from "./MadeOf";

/** Mounted once around the signed-in shell: one messenger for as long as one person is signed in. */
export function MessagingProvider({ entries, children }: { entries: readonly MessageEntry[]; children: ReactNode }) {
  const { id } = useMe();
  const [messenger] = useState(() => new Messenger(id, { ...messagingApi, ...keepingApi, ...pinsApi, ...previewsApi, ...topicsApi }, uploadFile));
  useEffect(() => {
    messenger.start();
    return () => messenger.stop();
  }, [messenger]);
  useEffect(() => warnBeforeLosingUploads(messenger), [messenger]);
  return (
    <MessengerContext value={messenger}>
      <NudgeStrip />
      <MessageEntries value={entries}>{children}</MessageEntries>
      <Announcer />
      <TitleCount />
      <SignedOutWatch />
      <JoinRequestWatch />
      <ScheduledWatch />
    </MessengerContext>
  );
}

/** The session ended elsewhere: the shell shows its sign-in page as after any 401. */
function SignedOutWatch() {
  const cache = useQueryClient();
  const isSignedOut = useInbox((state) => state.connection === "signed_out");
  useEffect(() => {
    if (isSignedOut) cache.setQueryData(ME_KEY, null);
  }, [cache, isSignedOut]);
  return null;
}

function JoinRequestWatch() {
  useJoinRequestWatch();
  return null;
}

function ScheduledWatch() {
  useScheduledWatch();
  return null;
}

function TitleCount() {
  useUnreadInTitle();
  return null;
}

/** A text waits in the outbox for the next visit; the bytes of a file cannot. */
function warnBeforeLosingUploads(messenger: Messenger): () => void {
  const warn = (event: BeforeUnloadEvent) => {
    if (messenger.uploads.getUploads().some((it) => it.status !== "failed")) event.preventDefault();
  };
  window.addEventListener("beforeunload", warn);
  return () => window.removeEventListener("beforeunload", warn);
}
