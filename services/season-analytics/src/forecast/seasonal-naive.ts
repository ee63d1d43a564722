import type { Day } from '../calendar/day.ts';
import { sameWeekdayYearsAgo } from '../calendar/week-of-last-year.ts';
import type { Series } from './series.ts';

/** A day of which nothing is known so many years back is not guessed. */
const MOST_YEARS = 4;

/**
 * The forecast that a model must beat: what was on the same weekday of the same week a year ago, or the last year of which that is known on day
 * `last`. `undefined` where none is.
 */
export function seasonalNaive({ values }: Series, last: Day, day: Day): number | undefined {
  for (let years = 1; years <= MOST_YEARS; years++) {
    const before = sameWeekdayYearsAgo(day, years);
    const value = before <= last ? values.get(before) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}
