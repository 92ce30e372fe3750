/** The customers' side of the HTTP contract. */
import type { Contact, ContactWay, Page } from "@hutong/api";

import { api } from "../../../app/client";

export const CONTACTS_KEY = ["contacts"] as const;

export function listContacts(query: string, cursor: string | null, signal?: AbortSignal): Promise<Page<Contact>> {
  return api.get<Page<Contact>>("/api/contacts", { q: query || null, cursor, limit: 50 }, signal);
}

/** The same link every time; the first call makes it. */
export function putContactWay(): Promise<ContactWay> {
  return api.put<ContactWay>("/api/me/contact-way");
}
