/** How the people on the screen are here: asked for as long as they are shown, and by a page that somebody looks at. */
import type { Id, Presence, RealtimeClient } from "@hutong/realtime";

import { watchAttention } from "./attention";

/** A list that is scrolled through, or a chat that is left for the next, is one question. */
const GATHER_MS = 300;
/** As many as the server takes; those shown last. */
const MOST = 200;

export class PresenceBoard {
  /** In how many places each is shown, those shown last at the end. */
  private readonly shown = new Map<Id, number>();
  private readonly states = new Map<Id, Presence>();
  private readonly listeners = new Set<() => void>();
  private isLookedAt = true;
  private timer?: ReturnType<typeof setTimeout>;

  constructor(private readonly client: Pick<RealtimeClient, "look" | "attend" | "on">) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  get(personId: Id): Presence {
    return this.states.get(personId) ?? "offline";
  }

  start(): () => void {
    const off = [
      this.client.on("presence", ({ person_id, state }) => {
        if (!this.shown.has(person_id)) return;
        this.states.set(person_id, state);
        this.tell();
      }),
      // Without a line nobody knows; after the welcome each is told anew.
      this.client.on("state", (state) => {
        if (state === "open" || this.states.size === 0) return;
        this.states.clear();
        this.tell();
      }),
      watchAttention((isActive, isInSight) => {
        this.client.attend(isActive);
        if (isInSight === this.isLookedAt) return;
        this.isLookedAt = isInSight;
        this.lookSoon();
      }),
    ];
    return () => {
      clearTimeout(this.timer);
      this.timer = undefined;
      for (const each of off) each();
    };
  }

  /** They are on the screen until the answer is called. */
  show(personId: Id): () => void {
    const count = this.shown.get(personId) ?? 0;
    this.shown.delete(personId);
    this.shown.set(personId, count + 1);
    if (count === 0) this.lookSoon();
    return () => this.hide(personId);
  }

  private hide(personId: Id): void {
    const count = this.shown.get(personId) ?? 0;
    if (count > 1) return void this.shown.set(personId, count - 1);
    this.shown.delete(personId);
    this.lookSoon();
  }

  private lookSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const people = this.isLookedAt ? [...this.shown.keys()].slice(-MOST) : [];
      // Of whom one does not look at nothing is heard: what was known of them does not hold.
      const looked = new Set(people);
      const lost = [...this.states.keys()].filter((id) => !looked.has(id));
      for (const id of lost) this.states.delete(id);
      if (lost.length > 0) this.tell();
      this.client.look(people);
    }, GATHER_MS);
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
