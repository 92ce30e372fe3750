import { language, t } from "./texts";

/** After such a silence the time is written again, and in a talk without one after such a while. */
const SILENCE_MS = 10 * 60_000;
const WHILE_MS = 60 * 60_000;

const formats = new Map<string, Intl.DateTimeFormat>();
function format(at: Date, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, known);
  return known.format(at);
}

const dayOf = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

export const clockTime = (at: Date) => format(at, { hour: "2-digit", minute: "2-digit", hour12: false });

export function dayName(at: Date, now = new Date()): string {
  // Rounded, as a day of summer time has 23 or 25 hours.
  const days = Math.round((dayOf(now) - dayOf(at)) / 86_400_000);
  if (days === 0) return t("today");
  if (days === 1) return t("yesterday");
  const year = at.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return format(at, { year, month: "long", day: "numeric", weekday: days > 0 && days < 7 ? "short" : undefined });
}

export const fullTime = (at: Date) =>
  format(at, { year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false });

/** What stands between two messages: the day and time, or nothing. `writtenAt`: the last time that was written above. */
export function separatorBetween(previous: Date | null, writtenAt: Date | null, at: Date, now = new Date()): string | null {
  const isSameDay = previous !== null && dayOf(previous) === dayOf(at);
  const since = (earlier: Date | null) => at.getTime() - (earlier?.getTime() ?? 0);
  if (isSameDay && since(previous) < SILENCE_MS && since(writtenAt) < WHILE_MS) return null;
  return `${dayName(at, now)} ${clockTime(at)}`;
}

export function fileSize(bytes: number): string {
  const units = ["B", "KB", "MB", "GB"];
  let at = 0;
  let size = bytes;
  for (; size >= 1000 && at < units.length - 1; at += 1) size /= 1024;
  return `${at === 0 || size >= 10 ? Math.round(size) : size.toFixed(1)} ${units[at]}`;
}
