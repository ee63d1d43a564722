import type { CalendarDate } from '@wedsync/domain';

/** A calendar date as whole days since 1 January 1970: what a model of thousands of days reckons with. */
export type Day = number;

const MILLISECONDS_A_DAY = 86_400_000;
const DAYS_A_WEEK = 7;
/** 1 January 1970 was a Thursday. */
const FIRST_WEEKDAY = 4;
const SATURDAY = 6;

/** The day of a date. */
export function dayOf(date: CalendarDate): Day {
  return Date.parse(`${date}T00:00:00Z`) / MILLISECONDS_A_DAY;
}

/** The date of a day. */
export function dateOf(day: Day): CalendarDate {
  return new Date(day * MILLISECONDS_A_DAY).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** The ISO weekday: 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: Day): number {
  return ((((day + FIRST_WEEKDAY - 1) % DAYS_A_WEEK) + DAYS_A_WEEK) % DAYS_A_WEEK) + 1;
}

export function isSaturdayDay(day: Day): boolean {
  return weekdayOf(day) === SATURDAY;
}

/** Whether a date is a Saturday; far quicker than by a calendar, since plans ask it of every day again and again. */
export function isSaturdayDate(date: CalendarDate): boolean {
  return isSaturdayDay(dayOf(date));
}

/** Year, month (1 to 12) and day of the month. */
export function partsOf(day: Day): { readonly year: number; readonly month: number; readonly dayOfMonth: number } {
  const date = new Date(day * MILLISECONDS_A_DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, dayOfMonth: date.getUTCDate() };
}

/** The day of a year, month (1 to 12) and day of the month. */
export function dayFrom(year: number, month: number, dayOfMonth: number): Day {
  return Date.UTC(year, month - 1, dayOfMonth) / MILLISECONDS_A_DAY;
}

/** How much of its year has gone when a day begins, 0 up to 1; a leap year's days are shorter in this, so that seasons stay in place. */
export function shareOfYear(day: Day): number {
  const { year } = partsOf(day);
  const first = dayFrom(year, 1, 1);
  return (day - first) / (dayFrom(year + 1, 1, 1) - first);
}

/** The years from one day to another, by the mean of the Gregorian calendar. */
export function yearsBetween(from: Day, to: Day): number {
  return (to - from) / 365.2425;
}
