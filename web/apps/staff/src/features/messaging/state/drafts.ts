/**
 * Half-written texts. They are kept on this device at every key, so typing waits for nothing; told to the server when typing pauses, and taken
 * from it when this person wrote on another device. What was typed here and not told yet stays, whatever comes: the server says which is later.
 */
import type { DraftWish, Id, KeptDraft, Mentions, Quote } from "@hutong/realtime";

const PAUSE_MS = 700;
const AGAIN_MS = 15_000;

export interface DraftParts {
  text: string;
  replyTo: Quote | null;
  /** Whom it calls on, as far as they were picked. */
  mentions: Mentions | null;
}

interface Local extends DraftParts {
  /** When it was typed, by this device's clock. */
  at: number;
  /** The last revision that whoever typed this had seen. */
  base: number;
  isTold: boolean;
}

const NONE: Local = { text: "", replyTo: null, mentions: null, at: 0, base: 0, isTold: true };

export class Drafts {
  private locals = new Map<Id, Local>();
  private readonly kept = new Map<Id, KeptDraft>();
  private readonly telling = new Set<Id>();
  private readonly timers = new Map<Id, ReturnType<typeof setTimeout>>();
  private readonly listeners = new Set<() => void>();
  private readonly adoptions = new Set<(id: Id) => void>();
  private texts: Readonly<Record<Id, string>> = {};
  private readonly key: string;

  constructor(
    personId: Id,
    private readonly tell: (id: Id, wish: DraftWish) => Promise<KeptDraft>,
    private readonly storage: Pick<Storage, "getItem" | "setItem"> = localStorage,
  ) {
    this.key = `hutong.drafts.${personId}`;
    this.locals = this.load();
    this.texts = textsOf(this.locals);
  }

  /** What the list shows: by conversation, where there is more than white space. */
  readonly getAll = (): Readonly<Record<Id, string>> => this.texts;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Told when a draft of another device takes the place of what is shown here. */
  readonly onAdopted = (listener: (id: Id) => void): (() => void) => {
    this.adoptions.add(listener);
    return () => void this.adoptions.delete(listener);
  };

  partsOf(id: Id): DraftParts {
    return this.locals.get(id) ?? NONE;
  }

  change(id: Id, parts: Partial<DraftParts>): void {
    const before = this.locals.get(id) ?? NONE;
    const next = { ...before, ...parts };
    if (next.text === before.text && next.replyTo?.seq === before.replyTo?.seq && next.mentions === before.mentions) return;
    this.put(id, { ...next, at: Date.now(), base: Math.max(before.base, this.kept.get(id)?.revision ?? 0), isTold: false });
    this.tellIn(id, PAUSE_MS);
  }

  /** It was sent: it is gone from every device. */
  clear(id: Id): void {
    this.change(id, { text: "", replyTo: null, mentions: null });
    this.tellNow(id);
  }

  /** One that was kept by the server, from wherever. */
  take(draft: KeptDraft): void {
    const id = draft.conversation_id;
    if (draft.revision <= (this.kept.get(id)?.revision ?? 0)) return;
    this.kept.set(id, draft);
    this.settle(id);
  }

  /** All that has not been told, now: the line is back, or the page is about to go. */
  tellAll(): void {
    for (const id of this.locals.keys()) this.tellNow(id);
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  /** Where nothing waits to be told, what the server keeps is what stands here. */
  private settle(id: Id): void {
    const kept = this.kept.get(id);
    const local = this.locals.get(id) ?? NONE;
    if (!kept || !local.isTold) return;
    const told = toldOf(local);
    if (told.text === kept.text && told.replyTo?.seq === kept.reply_to?.seq) {
      this.locals.set(id, { ...local, base: kept.revision });
      return;
    }
    this.put(id, { text: kept.text, replyTo: kept.reply_to, mentions: kept.mentions, at: Date.now(), base: kept.revision, isTold: true });
    for (const listener of [...this.adoptions]) listener(id);
  }

  private tellIn(id: Id, wait: number): void {
    clearTimeout(this.timers.get(id));
    this.timers.set(id, setTimeout(() => this.tellNow(id), wait));
  }

  private tellNow(id: Id): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    if (isOfTopic(id)) return;
    const local = this.locals.get(id);
    // One at a time, so that they arrive in the order in which they were typed.
    if (!local || local.isTold || this.telling.has(id)) return;
    this.telling.add(id);
    const { text, replyTo, mentions } = toldOf(local);
    const age_seconds = Math.max(0, (Date.now() - local.at) / 1_000);
    this.tell(id, { text, reply_to_seq: replyTo?.seq ?? null, mentions, base_revision: local.base, age_seconds })
      .then((kept) => this.answered(id, local, kept), (error: unknown) => this.failed(id, local, error))
      .finally(() => this.telling.delete(id));
  }

  private answered(id: Id, told: Local, kept: KeptDraft): void {
    if (kept.revision > (this.kept.get(id)?.revision ?? 0)) this.kept.set(id, kept);
    const local = this.locals.get(id) ?? NONE;
    if (local === told) {
      this.put(id, { ...local, isTold: true });
      this.settle(id);
    } else {
      // Typed on meanwhile, and over one's own words, unless those of another device hold.
      if (kept.text === toldOf(told).text) this.put(id, { ...local, base: Math.max(local.base, kept.revision) });
      this.tellIn(id, PAUSE_MS);
    }
  }

  private failed(id: Id, told: Local, error: unknown): void {
    const { status = 0 } = (error ?? {}) as { status?: number };
    const isFinal = status >= 400 && status < 500 && ![401, 408, 429].includes(status);
    // It stays on this device: no longer in the conversation, or too long for it.
    if (isFinal && this.locals.get(id) === told) this.put(id, { ...told, isTold: true });
    else this.tellIn(id, AGAIN_MS);
  }

  private put(id: Id, local: Local): void {
    this.locals.set(id, local);
    try {
      const worth = [...this.locals].filter(([, it]) => it.text || it.replyTo || !it.isTold);
      this.storage.setItem(this.key, JSON.stringify(Object.fromEntries(worth)));
    } catch {
      // Full or forbidden: the draft lives as long as the page.
    }
    this.texts = textsOf(this.locals);
    for (const listener of [...this.listeners]) listener();
  }

  private load(): Map<Id, Local> {
    try {
      const stored: unknown = JSON.parse(this.storage.getItem(this.key) ?? "{}");
      if (typeof stored !== "object" || stored === null) return new Map();
      return new Map(Object.entries(stored).flatMap(([id, it]): [Id, Local][] => (isLocal(it) ? [[id, it]] : [])));
    } catch {
      return new Map();
    }
  }
}

/** What is half-written in a topic stays on this device: the server keeps one draft a conversation. */
export const draftKey = (conversationId: Id, topicId: Id | null): Id => (topicId === null ? conversationId : `${conversationId}/${topicId}`);
const isOfTopic = (id: Id) => id.includes("/");

/** White space alone is no draft, and nothing is answered with it. */
function toldOf(local: DraftParts): DraftParts {
  return local.text.trim() ? local : NONE;
}

function isLocal(value: unknown): value is Local {
  const it = value as Local | null;
  return typeof it?.text === "string" && typeof it.at === "number" && typeof it.base === "number" && typeof it.isTold === "boolean";
}

function textsOf(locals: ReadonlyMap<Id, Local>): Readonly<Record<Id, string>> {
  return Object.fromEntries([...locals].flatMap(([id, { text }]) => (text.trim() ? [[id, text]] : [])));
}
