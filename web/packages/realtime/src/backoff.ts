/** Milliseconds to wait before attempt n (1, 2, …): anywhere up to min(30 s, 0.5 s · 2ⁿ), so that thousands do not return in the same instant. */
export function reconnectDelay(attempt: number, random: () => number = Math.random): number {
  return Math.round(random() * Math.min(30_000, 500 * 2 ** attempt));
}
