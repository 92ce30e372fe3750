/** What one does with a message once it is said. The answer is the message as it stands then. */
import type { Id, Message } from "@hutong/realtime";

import type * as messagingApi from "../api/messaging";
import type * as pinsApi from "../api/pins";
import type * as previewsApi from "../api/previews";

export type DeedsApi = Pick<typeof messagingApi, "patchMessage" | "recallMessage" | "putReaction" | "deleteReaction"> & Pick<typeof pinsApi, "putPin" | "deletePin"> & Pick<typeof previewsApi, "deletePreview">;

export class MessageDeeds {
  private readonly recalledTexts = new Map<string, string>();

  constructor(
    private readonly api: DeedsApi,
    private readonly take: (changed: Message) => void,
  ) {}

  async edit(id: Id, seq: number, text: string): Promise<void> {
    this.take(await this.api.patchMessage(id, seq, text));
  }

  async recall(id: Id, seq: number, words: string): Promise<void> {
    const recalled = await this.api.recallMessage(id, seq);
    this.recalledTexts.set(recalled.client_id, words);
    this.take(recalled);
  }

  /** What one took back on this page, to say it otherwise. */
  recalledText(clientId: string): string {
    return this.recalledTexts.get(clientId) ?? "";
  }

  async react(id: Id, seq: number, emoji: string, isWanted: boolean): Promise<void> {
    this.take(await (isWanted ? this.api.putReaction(id, seq, emoji) : this.api.deleteReaction(id, seq, emoji)));
  }

  async removePreview(id: Id, seq: number): Promise<void> {
    this.take(await this.api.deletePreview(id, seq));
  }

  async pin(id: Id, seq: number, isWanted: boolean): Promise<void> {
    this.take(await (isWanted ? this.api.putPin(id, seq) : this.api.deletePin(id, seq)));
  }
}
