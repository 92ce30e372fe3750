/**
 * The tabs of one browser agree who speaks: the one that was last touched for the first time holds a lock, and before it speaks it hears from the
 * others whether somebody is looking there.
 */
export interface Watching {
  /** Somebody has the app before their eyes. */
  isSeen: boolean;
  /** Somebody looks at this very conversation. */
  isOpen: boolean;
}

type Word = { key: string } & Watching;

export class Tabs {
  private readonly channel: BroadcastChannel | null;
  private readonly heard = new Map<string, Watching>();
  private readonly name: string;
  private readonly ending = new AbortController();
  private isSpeaker = false;

  constructor(personId: string) {
    this.name = `hutong.notifier.${personId}`;
    this.channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(this.name);
    if (this.channel) this.channel.onmessage = ({ data }: MessageEvent<Word>) => this.note(data.key, data);
    void this.claim(false);
    // Only a tab that was touched may sound, by the browser's rules: such a one takes the word from one that was merely opened.
    const first = new AbortController();
    const touched = () => {
      first.abort();
      if (!this.isSpeaker) void this.claim(true);
    };
    const signal = AbortSignal.any([first.signal, this.ending.signal]);
    for (const kind of ["pointerdown", "keydown"]) window.addEventListener(kind, touched, { signal });
  }

  stop(): void {
    this.ending.abort();
    this.channel?.close();
  }

  /** What this tab sees when something comes: the others learn of it. */
  tell(key: string, watching: Watching): void {
    this.note(key, watching);
    if (watching.isSeen) this.channel?.postMessage({ key, ...watching } satisfies Word);
  }

  /** What all tabs saw of it, if it is this one that speaks; each is asked about once. */
  ask(key: string): Watching | null {
    const watching = this.heard.get(key) ?? { isSeen: false, isOpen: false };
    this.heard.delete(key);
    return this.isSpeaker ? watching : null;
  }

  private note(key: string, { isSeen, isOpen }: Watching): void {
    const known = this.heard.get(key);
    this.heard.set(key, { isSeen: isSeen || known?.isSeen === true, isOpen: isOpen || known?.isOpen === true });
    // What a tab heard of that never came to itself.
    if (this.heard.size > 100) this.heard.delete(this.heard.keys().next().value!);
  }

  private async claim(steal: boolean): Promise<void> {
    // Over plain http a browser has no locks: then each tab speaks for itself.
    if (!("locks" in navigator)) {
      this.isSpeaker = true;
      return;
    }
    const { signal } = this.ending;
    const held = async () => {
      this.isSpeaker = true;
      await new Promise<void>((done) => signal.addEventListener("abort", () => done(), { once: true }));
    };
    // The browser takes either a signal or `steal`, and a theft never waits.
    const options: LockOptions = steal ? { steal } : { signal };
    await navigator.locks.request(this.name, options, held).catch(() => undefined);
    this.isSpeaker = false;
    // Stolen: wait for the word to come back, when that tab is closed.
    if (!signal.aborted && !steal) void this.claim(false);
  }
}
