import { DateTime } from 'luxon';

/** An IANA time zone in which the platform keeps a calendar. */
export type TimeZone = 'Europe/London' | 'Europe/Dublin';

/** A calendar date without time or zone, as `YYYY-MM-DD`. */
export type CalendarDate = string;

const SATURDAY = 6;

/** The wedding dates that the platform accepts; anything else is a slip of the pen (1026, 20226) or another calendar. */
export const WEDDING_YEARS = { earliest: 2000, latest: 2099 } as const;

/** The date that a calendar on the wall in `zone` shows at `instant` (epoch milliseconds). */
export function dateIn(zone: TimeZone, instant: number): CalendarDate {
  return DateTime.fromMillis(instant, { zone }).toISODate() as CalendarDate;
}

/** The instant (epoch milliseconds) at which `date` begins in `zone`; right across changes of summer time. */
export function startOfDate(zone: TimeZone, date: CalendarDate): number {
  return DateTime.fromISO(date, { zone }).startOf('day').toMillis();
}

/** A time of day on the wall, `HH:MM` by 24 hours. */
export type WallTime = string;

/** Whether `text` is a time of day, `00:00` to `23:59`. */
export function isWallTime(text: string): text is WallTime {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/**
 * The instant (epoch milliseconds) at which clocks on the wall in `zone` show `time` on `date`. Where they show it twice, because
 * summer time ends, the first or the last of the two; where they skip it, the instant at which they would have shown it.
 */
export function instantOf(zone: TimeZone, date: CalendarDate, time: WallTime, which: 'first' | 'last'): number {
  const instants = DateTime.fromISO(`${date}T${time}`, { zone })
    .getPossibleOffsets()
    .map((moment) => moment.toMillis());
  return which === 'first' ? Math.min(...instants) : Math.max(...instants);
}

/** Whether `date` is a Saturday. A calendar date has the same weekday everywhere. */
export function isSaturday(date: CalendarDate): boolean {
  return DateTime.fromISO(date, { zone: 'utc' }).weekday === SATURDAY;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  const day = (date: CalendarDate) => DateTime.fromISO(date, { zone: 'utc' });
  return Math.round(day(to).diff(day(from), 'days').days);
}

/** The date `days` after `date` (before it when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toISODate() as CalendarDate;
}

/**
 * Whether `text` is a real date of the Gregorian calendar, written `YYYY-MM-DD`, in the accepted years. Every request with a
 * wedding asks this, so it makes no object but a Date.
 */
export function isWeddingDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real && year >= WEDDING_YEARS.earliest && year <= WEDDING_YEARS.latest;
}

/**
 * The instant (epoch milliseconds) that a person means by `text`: ISO 8601 with an offset as it stands, without one as
 * wall-clock time in `zone`. `undefined` when it is neither.
 */
export function parseInstant(text: string, zone: TimeZone): number | undefined {
  const moment = DateTime.fromISO(text, { zone });
  return moment.isValid ? moment.toMillis() : undefined;
}

/** Whether `text` is a real date of the Gregorian calendar, written `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;
}

/** `date` as a person reads it: `Saturday 18 April 2026`. */
export function describeDate(date: CalendarDate): string {
  return DateTime.fromISO(date, { zone: 'utc' }).setLocale('en-GB').toFormat('cccc d MMMM yyyy');
}

/** `instant` as a person in `zone` reads it: `Saturday 18 April 2026 00:30 BST`. */
export function describeInstant(instant: number, zone: TimeZone): string {
  return DateTime.fromMillis(instant, { zone }).setLocale('en-GB').toFormat('cccc d MMMM yyyy HH:mm ZZZZ');
}
