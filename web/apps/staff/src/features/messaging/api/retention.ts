/** The HTTP contract of how long what was said is kept: for administrators. */
import type { RetentionRule, RetentionEffect } from "@hutong/api";

import { api } from "../../../app/client";

/** Days; null: for ever. */
export interface RetentionWish {
  staff_days: number | null;
  customer_days: number | null;
}

export function getRetention(): Promise<RetentionRule> {
  return api.get<RetentionRule>("/api/retention");
}

/** What the rule would remove now. */
export function previewRetention(wish: RetentionWish): Promise<RetentionEffect> {
  return api.post<RetentionEffect>("/api/retention/preview", wish);
}

/** The rule holds, for whoever saw what it removes. */
export function putRetention(wish: RetentionWish, seen: RetentionEffect): Promise<RetentionRule> {
  const message_count = seen.staff_messages + seen.customer_messages;
  return api.put<RetentionRule>("/api/retention", { ...wish, as_of: seen.as_of, message_count });
}
