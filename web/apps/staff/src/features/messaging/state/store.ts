/**
 * The one place that holds an inbox: events go in, screens subscribe. What changed holds at once; the screens are told once for all that came in
 * one go. A burst of frames (somebody floods a group, a line comes back) would else be drawn frame by frame: slow, and React gives up after fifty
 * updates between which it found no time for its own.
 */
import { applyEvent, emptyInbox } from "./inbox";
import type { InboxEvent, InboxState } from "./inbox";

export class InboxStore {
  private current: InboxState;
  private readonly listeners = new Set<() => void>();
  private isTelling = false;
  /** A turn of the event loop, also in a tab in the background, where timers are slow and frames do not come. */
  private readonly turn = new MessageChannel();

  constructor(personId: string) {
    this.current = emptyInbox(personId);
    this.turn.port1.onmessage = () => this.tell();
  }

  readonly getState = (): InboxState => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly apply = (event: InboxEvent): void => {
    const next = applyEvent(this.current, event);
    if (next === this.current) return;
    this.current = next;
    if (this.isTelling) return;
    this.isTelling = true;
    this.turn.port2.postMessage(null);
  };

  private tell(): void {
    this.isTelling = false;
    for (const listener of [...this.listeners]) listener();
  }
}
