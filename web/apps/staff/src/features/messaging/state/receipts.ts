/**
 * How many have read one's own messages in groups. Nobody tells: what is in view is asked for, soon after it comes into view, and again after
 * somebody was heard to read; in large groups, where nobody is heard, every few seconds while some have not read it.
 */
import type { Receipt } from "@hutong/api";
import type { Id } from "@hutong/realtime";

type Ask = (id: Id, from: number, to: number) => Promise<readonly Receipt[]>;

const SOON_MS = 50;
const AGAIN_MS = 1_000;
const LARGE_AGAIN_MS = 5_000;
const MOST_AT_ONCE = 100;

export class Receipts {
  private readonly known = new Map<Id, Map<number, Receipt>>();
  private readonly watched = new Map<Id, Set<{ seq: number }>>();
  private readonly timers = new Map<Id, ReturnType<typeof setTimeout>>();
  private readonly askedAt = new Map<Id, number>();
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly ask: Ask,
    private readonly isLarge: (id: Id) => boolean,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** The same object until a count changes. */
  get(id: Id, seq: number): Receipt | undefined {
    return this.known.get(id)?.get(seq);
  }

  /** It is in view, until the answer is called. */
  watch(id: Id, seq: number): () => void {
    const watched = this.watched.get(id) ?? new Set();
    const it = { seq };
    this.watched.set(id, watched.add(it));
    this.touch(id, this.get(id, seq) ? this.gap(id) : 0);
    return () => void watched.delete(it);
  }

  /** Somebody may have read something here. */
  touch(id: Id, gap = this.gap(id)): void {
    if (this.timers.has(id) || !this.watched.get(id)?.size) return;
    const wait = Math.max(SOON_MS, (this.askedAt.get(id) ?? 0) + gap - Date.now());
    this.timers.set(id, setTimeout(() => void this.refresh(id), wait));
  }

  touchAll(): void {
    for (const id of this.watched.keys()) this.touch(id);
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.watched.clear();
  }

  private gap(id: Id): number {
    return this.isLarge(id) ? LARGE_AGAIN_MS : AGAIN_MS;
  }

  private async refresh(id: Id): Promise<void> {
    this.askedAt.set(id, Date.now());
    let isFailed = false;
    try {
      if (!document.hidden) await this.fetch(id);
    } catch {
      isFailed = true;
    }
    this.timers.delete(id);
    const wanted = this.wanted(id);
    const isUnknown = wanted.some((seq) => !this.get(id, seq));
    if (wanted.length && (isFailed || document.hidden || isUnknown || this.isLarge(id))) this.touch(id, isFailed ? LARGE_AGAIN_MS : this.gap(id));
  }

  /** What everybody has read stays so. */
  private wanted(id: Id): number[] {
    const seqs = new Set([...(this.watched.get(id) ?? [])].map((it) => it.seq));
    return [...seqs].filter((seq) => this.get(id, seq)?.unread_count !== 0).sort((a, b) => a - b);
  }

  private async fetch(id: Id): Promise<void> {
    for (let wanted = this.wanted(id); wanted.length; ) {
      const to = wanted[wanted.length - 1]!;
      const from = Math.max(wanted[0]!, to - MOST_AT_ONCE + 1);
      this.keep(id, await this.ask(id, from, to));
      wanted = wanted.filter((seq) => seq < from);
    }
  }

  private keep(id: Id, receipts: readonly Receipt[]): void {
    const known = this.known.get(id) ?? new Map<number, Receipt>();
    this.known.set(id, known);
    const changed = receipts.filter((it) => {
      const before = known.get(it.seq);
      return before?.read_count !== it.read_count || before.unread_count !== it.unread_count;
    });
    for (const receipt of changed) known.set(receipt.seq, receipt);
    if (changed.length) for (const listener of [...this.listeners]) listener();
  }
}
