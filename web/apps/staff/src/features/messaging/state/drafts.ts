/** Half-written texts, kept on this device for each conversation until they are sent. */
import type { Id } from "@hutong/realtime";

export class Drafts {
  private texts: Readonly<Record<Id, string>>;
  private readonly listeners = new Set<() => void>();
  private readonly key: string;

  constructor(
    personId: Id,
    private readonly storage: Pick<Storage, "getItem" | "setItem"> = localStorage,
  ) {
    this.key = `hutong.drafts.${personId}`;
    this.texts = this.load();
  }

  readonly getAll = (): Readonly<Record<Id, string>> => this.texts;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  get(conversationId: Id): string {
    return this.texts[conversationId] ?? "";
  }

  set(conversationId: Id, text: string): void {
    if (this.get(conversationId) === text) return;
    const rest = Object.fromEntries(Object.entries(this.texts).filter(([id]) => id !== conversationId));
    this.texts = text.trim() ? { ...rest, [conversationId]: text } : rest;
    try {
      this.storage.setItem(this.key, JSON.stringify(this.texts));
    } catch {
      // Full or forbidden: the draft lives as long as the page.
    }
    for (const listener of [...this.listeners]) listener();
  }

  private load(): Readonly<Record<Id, string>> {
    try {
      const stored: unknown = JSON.parse(this.storage.getItem(this.key) ?? "{}");
      if (typeof stored !== "object" || stored === null) return {};
      return Object.fromEntries(Object.entries(stored).filter((it): it is [string, string] => typeof it[1] === "string"));
    } catch {
      return {};
    }
  }
}
