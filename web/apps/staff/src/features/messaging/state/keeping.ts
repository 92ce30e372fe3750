/** What a person keeps for themself, on all their devices: told to the server, heard from the other devices. */
import type { Id, KeptDraft, RealtimeClient } from "@hutong/realtime";

import type * as keepingApi from "../api/keeping";
import { Drafts } from "./drafts";
import { Heard } from "./heard";
import type { SettingsChange } from "./settings";
import type { InboxStore } from "./store";

export type KeepingApi = Pick<typeof keepingApi, "patchSettings" | "putDraft" | "listHeardVoices" | "putHeard">;

export class Keeping {
  readonly drafts: Drafts;
  readonly heard: Heard;
  /** Where one has been on this page, the latest first. */
  readonly visited: Id[] = [];

  constructor(
    private readonly store: InboxStore,
    private readonly api: KeepingApi,
  ) {
    this.drafts = new Drafts(store.getState().personId, (id, wish) => api.putDraft(id, wish));
    this.heard = new Heard(api);
  }

  /** Listens; gives what ends it. */
  start(client: RealtimeClient): (() => void)[] {
    const onHide = () => {
      if (document.visibilityState === "hidden") this.drafts.tellAll();
    };
    document.addEventListener("visibilitychange", onHide);
    return [
      client.on("settings", (settings) => this.store.apply({ type: "settings", settings: [settings] })),
      client.on("draft", (draft) => this.drafts.take(draft)),
      client.on("voice_heard", ({ conversation_id, seq }) => this.heard.take(conversation_id, seq)),
      client.on("welcome", () => this.heard.lookAgain()),
      () => this.heard.stop(),
      () => document.removeEventListener("visibilitychange", onHide),
      () => this.drafts.stop(),
    ];
  }

  /** After an absence: what was kept elsewhere is taken, and what could not be told is told. */
  caughtUp(drafts: readonly KeptDraft[]): void {
    for (const draft of drafts) this.drafts.take(draft);
    this.drafts.tellAll();
  }

  async keep(id: Id, change: SettingsChange): Promise<void> {
    this.store.apply({ type: "settings", settings: [await this.api.patchSettings(id, change)] });
  }

  /** Whoever marked it as unread has come back to it. */
  opened(id: Id): void {
    const before = this.visited.indexOf(id);
    if (before >= 0) this.visited.splice(before, 1);
    this.visited.unshift(id);
    if (this.store.getState().settings[id]?.is_marked_unread) void this.keep(id, { is_marked_unread: false }).catch(() => undefined);
  }
}
