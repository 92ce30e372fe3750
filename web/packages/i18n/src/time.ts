import type { Language } from "./language";

const MINUTE = 60_000;
const DAY = 86_400_000;

interface Words {
  justNow: string;
  yesterday: string;
  today: string;
  tomorrow: string;
}

const WORDS: Record<Language, Words> = {
  "zh-CN": { justNow: "刚刚", yesterday: "昨天", today: "今天", tomorrow: "明天" },
  en: { justNow: "Just now", yesterday: "Yesterday", today: "Today", tomorrow: "Tomorrow" },
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs far more than using it, and a list of messages uses hundreds. */
function format(language: Language, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${name}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, options);
    formats.set(key, found);
  }
  return found;
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** Whole calendar days between two instants in the reader's own time zone (a day of 23 or 25 hours is one day). */
export function daysBetween(earlier: Date, later: Date): number {
  return Math.round((startOfDay(later) - startOfDay(earlier)) / DAY);
}

/** 10:32 */
export function clockTime(at: string | Date, language: Language): string {
  return format(language, "clock", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at));
}

function calendarDay(date: Date, now: Date, language: Language): string {
  const sameYear = date.getFullYear() === now.getFullYear();
  if (sameYear) {
    return format(language, "day", { month: language === "en" ? "short" : "long", day: "numeric" }).format(date);
  }
  return format(language, "year", { year: "numeric", month: language === "en" ? "short" : "long", day: "numeric" }).format(date);
}

/** 2026年11月 · November 2026 */
export function monthName(at: string | Date, language: Language): string {
  return format(language, "month", { year: "numeric", month: "long" }).format(new Date(at));
}

function weekday(date: Date, language: Language): string {
  return format(language, "weekday", { weekday: language === "en" ? "short" : "long" }).format(date);
}

function dayName(date: Date, now: Date, language: Language): string {
  const days = daysBetween(date, now);
  if (days === 1) return WORDS[language].yesterday;
  if (days > 1 && days < 7) return weekday(date, language);
  return calendarDay(date, now, language);
}

/** For lists, short: 刚刚 · 10:32 · 昨天 · 星期一 · 11月3日 · 2025年11月3日. A clock that runs ahead of ours reads as 刚刚. */
export function listTime(at: string | Date, language: Language, now: Date = new Date()): string {
  const date = new Date(at);
  const age = now.getTime() - date.getTime();
  if (age < MINUTE) return WORDS[language].justNow;
  if (daysBetween(date, now) <= 0) return clockTime(date, language);
  return dayName(date, now, language);
}

/** Between messages, always with the hour: 10:32 · 昨天 10:32 · 星期一 10:32 · 11月3日 10:32. */
export function messageTime(at: string | Date, language: Language, now: Date = new Date()): string {
  const date = new Date(at);
  const clock = clockTime(date, language);
  if (daysBetween(date, now) <= 0) return clock;
  return `${dayName(date, now, language)} ${clock}`;
}

/** Of what is still to come: 今天 18:00 · 明天 09:00 · 星期一 09:00 · 11月3日 09:00. */
export function comingTime(at: string | Date, language: Language, now: Date = new Date()): string {
  const date = new Date(at);
  const days = daysBetween(now, date);
  const clock = clockTime(date, language);
  if (days < 0) return messageTime(date, language, now);
  if (days < 2) return `${days === 0 ? WORDS[language].today : WORDS[language].tomorrow} ${clock}`;
  if (days < 7) return `${weekday(date, language)} ${clock}`;
  return `${calendarDay(date, now, language)} ${clock}`;
}

/** In full, for titles and tables: 2026年11月3日 10:32. */
export function fullTime(at: string | Date, language: Language): string {
  const month = language === "en" ? "short" : "long";
  const date = new Date(at);
  const day = format(language, "full", { year: "numeric", month, day: "numeric" }).format(date);
  return `${day} ${clockTime(date, language)}`;
}
