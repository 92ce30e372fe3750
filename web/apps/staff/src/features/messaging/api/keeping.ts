/** The HTTP contract of what a person keeps for themself. */
import type { ConversationSettings, Id } from "@hutong/realtime";

import { api } from "../../../app/client";
import type { SettingsChange } from "../state/settings";

export function patchSettings(id: Id, change: SettingsChange): Promise<ConversationSettings> {
  return api.patch<ConversationSettings>(`/api/conversations/${id}/settings`, change);
}
