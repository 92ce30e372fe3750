/** What a person keeps for themself, on all their devices: told to the server, heard from the other devices. */
import type { Id, RealtimeClient } from "@hutong/realtime";

import type * as keepingApi from "../api/keeping";
import type { SettingsChange } from "./settings";
import type { InboxStore } from "./store";

export type KeepingApi = Pick<typeof keepingApi, "patchSettings">;

export class Keeping {
  constructor(
    private readonly store: InboxStore,
    private readonly api: KeepingApi,
  ) {}

  /** Listens; gives what ends it. */
  start(client: RealtimeClient): (() => void)[] {
    return [client.on("settings", (settings) => this.store.apply({ type: "settings", settings: [settings] }))];
  }

  async keep(id: Id, change: SettingsChange): Promise<void> {
    this.store.apply({ type: "settings", settings: [await this.api.patchSettings(id, change)] });
  }

  /** Whoever marked it as unread has come back to it. */
  opened(id: Id): void {
    if (this.store.getState().settings[id]?.is_marked_unread) void this.keep(id, { is_marked_unread: false }).catch(() => undefined);
  }
}
