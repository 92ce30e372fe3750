import type { Id } from "./types";

/** How far was read and what of it the server has not been told: the newest mark of each conversation is enough. */
export class ReadMarks {
  private readonly seqs = new Map<Id, number>();
  private readonly untold = new Set<Id>();
  /** Told to a socket that may have died with them: nothing answers a mark but the mark itself, come back. */
  private readonly unconfirmed = new Set<Id>();

  /** false: nothing new. */
  set(conversationId: Id, seq: number): boolean {
    if (seq <= (this.seqs.get(conversationId) ?? 0)) return false;
    this.seqs.set(conversationId, seq);
    this.untold.add(conversationId);
    return true;
  }

  /** `tell` returns false when it could not. */
  tellBy(tell: (conversationId: Id, seq: number) => boolean): void {
    for (const id of this.untold) {
      if (!tell(id, this.seqs.get(id)!)) continue;
      this.untold.delete(id);
      this.unconfirmed.add(id);
    }
  }

  confirm(conversationId: Id, seq: number): void {
    if (seq >= (this.seqs.get(conversationId) ?? 0)) this.unconfirmed.delete(conversationId);
  }

  /** A new socket knows nothing of what the last one was told. */
  untell(): void {
    for (const id of this.unconfirmed) this.untold.add(id);
    this.unconfirmed.clear();
  }

  async postBy(post: (conversationId: Id, seq: number) => Promise<unknown>): Promise<void> {
    for (const id of this.untold) {
      const seq = this.seqs.get(id)!;
      await post(id, seq);
      if (this.seqs.get(id) === seq) this.untold.delete(id);
    }
  }
}
