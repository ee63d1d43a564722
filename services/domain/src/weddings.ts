import { DateTime } from 'luxon';
import type { CalendarDate } from './calendar.ts';

/** Marriages registered in England and Wales in 2023 (Office for National Statistics). */
export const WEDDINGS_A_YEAR = 224_402;

/** Share of the marriages of 1995 to 2013 by weekday, Monday first; England and Wales (same source). */
const WEEKDAY_SHARES = [0.04, 0.033, 0.04, 0.05, 0.17, 0.62, 0.044] as const;

/** Share of the same marriages by month; other months are not published apart. */
const MONTH_SHARES: Readonly<Record<number, number>> = { 7: 0.131, 8: 0.157, 9: 0.13 };

/** The share of weddings on a Saturday by which the product plans; of the marriages of 2023, 41.9 % were. */
export const SATURDAY_SHARE = 0.7;

const DAYS_A_WEEK = 7;
/** The mean of the Gregorian calendar. */
const DAYS_A_YEAR = 365.2425;

/** How far a weekday with this share of a week's weddings stands above an average one. */
export function aboveAverageWeekday(share: number): number {
  return share * DAYS_A_WEEK;
}

/** The weddings of an average day of a year with `weddingsAYear`. */
export function averageDay(weddingsAYear: number): number {
  return weddingsAYear / DAYS_A_YEAR;
}

/**
 * The weddings to be expected on `date` where nothing is known but the shares of month and weekday, taken as independent of each
 * other: a year's weddings × the month's share a day × how far the weekday stands above an average one. `undefined` outside
 * July to September, whose shares alone are known.
 */
export function estimatedWeddings(date: CalendarDate, weddingsAYear: number = WEDDINGS_A_YEAR): number | undefined {
  const day = DateTime.fromISO(date, { zone: 'utc' });
  const month = MONTH_SHARES[day.month];
  const weekday = WEEKDAY_SHARES[day.weekday - 1];
  if (month === undefined || weekday === undefined || day.daysInMonth === undefined) return undefined;
  return Math.round(weddingsAYear * (month / day.daysInMonth) * weekday * DAYS_A_WEEK);
}
