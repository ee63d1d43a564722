import { type Day, dayFrom, partsOf, weekdayOf } from './day.ts';

const DAYS_A_WEEK = 7;
const THURSDAY = 4;
/** 4 January always lies in the first week (ISO 8601). */
const IN_FIRST_WEEK = 4;

/** A week of ISO 8601: 1 to 52, or 53 in a year that has so many. */
export interface IsoWeek {
  readonly year: number;
  readonly week: number;
}

/** The week of a day: the year is that of the week's Thursday. */
export function isoWeekOf(day: Day): IsoWeek {
  const { year } = partsOf(day - weekdayOf(day) + THURSDAY);
  return { year, week: Math.floor((day - mondayOfFirstWeek(year)) / DAYS_A_WEEK) + 1 };
}

/** The weeks of a year: 52, or 53 where the first of the next year begins a week later. */
export function weeksOf(year: number): number {
  return (mondayOfFirstWeek(year + 1) - mondayOfFirstWeek(year)) / DAYS_A_WEEK;
}

/**
 * The same weekday of the same ISO week, `years` years ago. A week 53 that the other year has not is its week 52. So a Saturday stays a
 * Saturday, and 29 February needs no rule of its own.
 */
export function sameWeekdayYearsAgo(day: Day, years = 1): Day {
  const { year, week } = isoWeekOf(day);
  const other = year - years;
  const monday = mondayOfFirstWeek(other) + (Math.min(week, weeksOf(other)) - 1) * DAYS_A_WEEK;
  return monday + weekdayOf(day) - 1;
}

function mondayOfFirstWeek(year: number): Day {
  const day = dayFrom(year, 1, IN_FIRST_WEEK);
  return day - weekdayOf(day) + 1;
}
