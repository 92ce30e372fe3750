/** What the server was heard saying on a bad line (tests/contract/recording.py) ends like a fresh fetch. The Python client replays the same. */
import type { ChangedMessages, Conversation, ConversationChangedFrame, ConversationLeftFrame, ConversationSettings, Id, Message, MessagePage, ReadFrame, ServerFrame } from "@hutong/realtime";
import { describe, expect, inject, it } from "vitest";

import { changesAfter } from "./changes";
import { applyEvent, emptyInbox, holeAfter, type InboxEvent, type SyncAnswer } from "./inbox";

type Step =
  | { ask: true }
  | { sync: SyncAnswer }
  | { page: { conversation_id: Id; page: MessagePage } }
  | { changed: { conversation_id: Id; page: ChangedMessages } }
  | { frame: ServerFrame };
interface Recording {
  person_id: Id;
  steps: Step[];
  fresh: { conversations: Conversation[]; messages: Record<Id, Message[]>; settings: ConversationSettings[] };
}

declare module "vitest" {
  interface ProvidedContext {
    recordings: Record<string, string>;
  }
}

function eventOf(step: Step): InboxEvent | null {
  if ("ask" in step) return { type: "sync_asked" };
  if ("sync" in step) return { type: "synced", answer: step.sync };
  if ("page" in step) return { type: "page", ...step.page };
  if ("changed" in step) return { type: "changed_page", ...step.changed };
  switch (step.frame.type) {
    case "message":
    case "message_changed":
    case "conversation":
      return step.frame;
    case "read":
      return step.frame satisfies ReadFrame;
    case "conversation_changed":
      return step.frame satisfies ConversationChangedFrame;
    case "group":
      return step.frame;
    case "settings":
      return { type: "settings", settings: [step.frame.settings] };
    case "conversation_left":
      return step.frame satisfies ConversationLeftFrame;
    default:
      return null;
  }
}

const recordings = Object.entries(inject("recordings"));

describe("a recording", () => {
  it.each(recordings)("%s ends like a fresh fetch", (_, text) => {
    const { person_id, steps, fresh } = JSON.parse(text) as Recording;
    let state = emptyInbox(person_id);
    for (const step of steps) {
      const event = eventOf(step);
      if (event) state = applyEvent(state, event);
    }
    expect(state.conversations).toEqual(Object.fromEntries(fresh.conversations.map((it) => [it.id, it])));
    expect(state.settings).toEqual(Object.fromEntries(fresh.settings.map((it) => [it.conversation_id, it])));
    for (const { id } of fresh.conversations) {
      expect(state.threads[id]?.log).toMatchObject({ items: fresh.messages[id], ahead: [] });
      expect(holeAfter(state, id)).toBeNull();
      expect(changesAfter(state, id)).toBeNull();
    }
  });

  it("is there", () => expect(recordings).not.toEqual([]));
});
