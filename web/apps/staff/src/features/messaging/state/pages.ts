/** Pages of messages out of many conversations, put together. Pure. */
import type { FoundConversation } from "@hutong/api";
import type { Id, Message, Person } from "@hutong/realtime";

interface PageOfMessages {
  items: readonly Message[];
  conversations: readonly FoundConversation[];
  people: readonly Person[];
}

export interface GatheredMessages {
  messages: readonly Message[];
  conversations: Readonly<Record<Id, FoundConversation>>;
  people: Readonly<Record<Id, Person>>;
}

export function gatherPages(pages: readonly PageOfMessages[]): GatheredMessages {
  return {
    messages: pages.flatMap((page) => page.items),
    conversations: Object.fromEntries(pages.flatMap((page) => page.conversations).map((it) => [it.id, it])),
    people: Object.fromEntries(pages.flatMap((page) => page.people).map((it) => [it.id, it])),
  };
}
