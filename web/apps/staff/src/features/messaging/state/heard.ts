/** Which spoken messages one has listened to: what comes into sight is asked for, together; one's other devices tell. */
import type { Id } from "@hutong/realtime";

export interface HeardApi {
  listHeardVoices: (id: Id, seqs: readonly number[]) => Promise<readonly number[]>;
  putHeard: (id: Id, seq: number) => Promise<void>;
}

const SOON_MS = 50;
const LATER_MS = 5_000;
const MOST_AT_ONCE = 100;

export class Heard {
  /** By conversation and place: heard or not; what nobody asked for yet is not in it. */
  private readonly known = new Map<Id, Map<number, boolean>>();
  private readonly wanted = new Map<Id, Set<number>>();
  /** What the server has not been told yet. */
  private readonly untold = new Map<Id, Set<number>>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly api: HeardApi) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Whether it is known that it was not listened to. */
  isUnheard(id: Id, seq: number): boolean {
    return this.known.get(id)?.get(seq) === false;
  }

  /** It is in sight. */
  want(id: Id, seq: number): void {
    if (this.known.get(id)?.has(seq)) return;
    this.wanted.set(id, (this.wanted.get(id) ?? new Set()).add(seq));
    this.askIn(SOON_MS);
  }

  /** One listens to it, here. */
  hear(id: Id, seq: number): void {
    this.untold.set(id, (this.untold.get(id) ?? new Set()).add(seq));
    this.take(id, seq);
    this.askIn(0);
  }

  /** One listens to it, here or on another device. */
  take(id: Id, seq: number): void {
    this.wanted.get(id)?.delete(seq);
    this.set(id, seq, true);
    this.tell();
  }

  /** After an absence: what was not heard then may have been heard elsewhere. */
  lookAgain(): void {
    for (const [id, marks] of this.known) {
      for (const [seq, isHeard] of marks) if (!isHeard) this.wanted.set(id, (this.wanted.get(id) ?? new Set()).add(seq));
    }
    this.askIn(SOON_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private set(id: Id, seq: number, isHeard: boolean): void {
    const marks = this.known.get(id) ?? new Map<number, boolean>();
    this.known.set(id, marks.set(seq, isHeard));
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }

  private askIn(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.settle(), milliseconds);
  }

  private async settle(): Promise<void> {
    try {
      for (const [id, seqs] of this.untold) {
        for (const seq of seqs) {
          await this.api.putHeard(id, seq);
          seqs.delete(seq);
        }
      }
      for (const [id, seqs] of this.wanted) {
        const asked = [...seqs].slice(0, MOST_AT_ONCE);
        if (asked.length === 0) continue;
        const heard = new Set(await this.api.listHeardVoices(id, asked));
        for (const seq of asked) {
          // Heard here while the answer was on its way: that is newer.
          if (seqs.delete(seq)) this.set(id, seq, heard.has(seq));
        }
        this.tell();
        if (seqs.size > 0) this.askIn(SOON_MS);
      }
    } catch (error) {
      // What is no longer there, or nobody's of ours, is asked for no more; a line that is down comes back.
      if ((error as { status?: number }).status === 404) {
        this.untold.clear();
        this.wanted.clear();
      } else this.askIn(LATER_MS);
    }
  }
}
