/** What this person calls their customers. */
import type { Page } from "@hutong/api";
import type { Contact } from "@hutong/realtime";

import type * as messagingApi from "../api/messaging";
import type { InboxStore } from "./store";

/** Customers beyond the most recent ones keep their own name until they write. */
const REMARK_PAGES = 5;

/** Talks with customers are called by one's remarks, and conversations do not carry them. */
export async function loadRemarks(api: Pick<typeof messagingApi, "listContacts">, store: InboxStore): Promise<void> {
  let cursor: string | null = null;
  for (let page = 0; page < REMARK_PAGES; page += 1) {
    const { items, next_cursor }: Page<Contact> = await api.listContacts(cursor);
    for (const { id, remark } of items) store.apply({ type: "remark", person_id: id, remark });
    if (next_cursor === null) return;
    cursor = next_cursor;
  }
}
