import type { FoundPage as FoundPageOfServer } from "@hutong/api";
import type { Id, Message } from "@hutong/realtime";

import { api } from "../../../app/client";

export type FoundPage = Omit<FoundPageOfServer, "items"> & { items: Message[] };
/** What is spoken has no words to be found by. */
export type FoundKind = Exclude<Message["kind"], "notice" | "voice">;

/** What a search goes through; null: everything. Days are the reader's own, both included, as date fields write them. */
export interface SearchFilters {
  conversationId: Id | null;
  senderId: Id | null;
  kind: FoundKind | null;
  fromDay: string | null;
  toDay: string | null;
}

export const NO_FILTERS: SearchFilters = { conversationId: null, senderId: null, kind: null, fromDay: null, toDay: null };

export function searchMessages(words: string, filters: SearchFilters, cursor: string | null, signal: AbortSignal): Promise<FoundPage> {
  return api.get<FoundPage>(
    "/api/search/messages",
    {
      q: words,
      conversation_id: filters.conversationId,
      sender_id: filters.senderId,
      kind: filters.kind,
      from: beginOf(filters.fromDay, 0),
      to: beginOf(filters.toDay, 1),
      cursor,
      limit: 30,
    },
    signal,
  );
}

/** The instant at which a day begins, or one `after` it: days of 23 and 25 hours are days too. */
function beginOf(day: string | null, after: number): string | null {
  if (day === null) return null;
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  // A year of which only the first digits are typed.
  if (year < 1971) return null;
  return new Date(year, month - 1, date + after).toISOString();
}
