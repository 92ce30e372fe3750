/** The HTTP contract of what a person keeps for themself. */
import type { ConversationSettings, DraftWish, Id, KeptDraft } from "@hutong/realtime";

import { api } from "../../../app/client";
import type { SettingsChange } from "../state/settings";

export function patchSettings(id: Id, change: SettingsChange): Promise<ConversationSettings> {
  return api.patch<ConversationSettings>(`/api/conversations/${id}/settings`, change);
}

/** The draft that holds now: this one, or one that was typed later elsewhere. */
export function putDraft(id: Id, wish: DraftWish): Promise<KeptDraft> {
  return api.put<KeptDraft>(`/api/conversations/${id}/draft`, wish);
}
