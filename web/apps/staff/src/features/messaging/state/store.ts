/** The one place that holds an inbox: events go in, screens subscribe. */
import { applyEvent, emptyInbox } from "./inbox";
import type { InboxEvent, InboxState } from "./inbox";

export class InboxStore {
  private current: InboxState;
  private readonly listeners = new Set<() => void>();

  constructor(personId: string) {
    this.current = emptyInbox(personId);
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
    for (const listener of [...this.listeners]) listener();
  };
}
