/** When one may want to have something said, in the reader's own time zone. Pure. */

const HOUR = 3_600_000;
const MORNING = 9;
const EVENING = 18;

/** Soonest first; each is at least half an hour away. */
export function sendTimes(now: Date): readonly Date[] {
  const day = (days: number, hour: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  // The Monday after today, and not tomorrow, which is offered already.
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const times = [day(0, MORNING), day(0, EVENING), day(1, MORNING), ...(toMonday > 1 ? [day(toMonday, MORNING)] : [])];
  return times.filter((it) => it.getTime() - now.getTime() >= HOUR / 2);
}

/** As date and time fields write it. */
export function fieldsOf(at: Date): { day: string; time: string } {
  const two = (part: number) => String(part).padStart(2, "0");
  return { day: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`, time: `${two(at.getHours())}:${two(at.getMinutes())}` };
}

/** Null where the fields name no instant. */
export function instantOf(day: string, time: string): Date | null {
  const at = new Date(`${day}T${time}`);
  return day && time && !Number.isNaN(at.getTime()) ? at : null;
}

/** A year from now at most, and a minute at least. */
export function isThen(at: Date, now: Date): boolean {
  const away = at.getTime() - now.getTime();
  return away >= HOUR / 60 && away <= 366 * 24 * HOUR;
}
