import { type Day, dayFrom, partsOf, weekdayOf } from './day.ts';

/** Days on which people plan and marry unlike on others of their weekday, as far as the law of England and Wales moves them. */
export const HOLIDAYS = ['christmas', 'new-year', 'easter', 'bank-holiday', 'bank-holiday-eve'] as const;
export type Holiday = (typeof HOLIDAYS)[number];

const DAYS_A_WEEK = 7;

/**
 * What is special about a day: 24 to 26 December; 31 December and 1 January; Good Friday to Easter Monday; the first and last Monday of May and the
 * last of August, and the Sunday before each (Banking and Financial Dealings Act 1971, and proclamations of each year). Single days that a
 * proclamation gave or moved (1995, 2002, 2012, 2020, 2022, 2023) are not known here.
 */
export function holidayOf(day: Day): Holiday | undefined {
  const { year, month, dayOfMonth } = partsOf(day);
  if (month === 12 && dayOfMonth >= 24 && dayOfMonth <= 26) return 'christmas';
  if ((month === 12 && dayOfMonth === 31) || (month === 1 && dayOfMonth === 1)) return 'new-year';
  const fromEaster = day - easterSunday(year);
  if (fromEaster >= -2 && fromEaster <= 1) return 'easter';
  if (isMovingMonday(day)) return 'bank-holiday';
  return isMovingMonday(day + 1) ? 'bank-holiday-eve' : undefined;
}

/** Easter Sunday of a year of the Gregorian calendar (Anonymous Gregorian computus; Meeus, Astronomical Algorithms, chapter 8). */
export function easterSunday(year: number): Day {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % DAYS_A_WEEK;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const march = epact + toSunday - DAYS_A_WEEK * late + 114;
  return dayFrom(year, Math.floor(march / 31), (march % 31) + 1);
}

function isMovingMonday(day: Day): boolean {
  if (weekdayOf(day) !== 1) return false;
  const { month, dayOfMonth } = partsOf(day);
  const isLast = dayOfMonth > 31 - DAYS_A_WEEK;
  return (month === 5 && (isLast || dayOfMonth <= DAYS_A_WEEK)) || (month === 8 && isLast);
}
