/** How fast bytes go, by the last seconds of them. */

const WINDOW_MS = 5_000;
/** Before that, what one would say is a guess. */
const SHORTEST_MS = 1_000;

export class Pace {
  private samples: { at: number; bytes: number }[] = [];

  /** So many have gone by now; bytes a second, or null while it is too early to say. */
  tell(bytes: number, at = performance.now()): number | null {
    this.samples.push({ at, bytes });
    // The newest of those that are too old stays: the window begins with it.
    while (this.samples.length > 2 && at - this.samples[1]!.at >= WINDOW_MS) this.samples.shift();
    const first = this.samples[0]!;
    const elapsed = at - first.at;
    return elapsed < SHORTEST_MS || bytes <= first.bytes ? null : ((bytes - first.bytes) * 1000) / elapsed;
  }

  /** What comes after a rest is measured anew. */
  rest(): void {
    this.samples = [];
  }
}
