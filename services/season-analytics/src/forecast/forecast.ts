import type { CalendarDate } from '@wedsync/domain';
import { dateOf, dayFrom, type Day, partsOf } from '../calendar/day.ts';
import type { Intervals } from './intervals.ts';
import { fit, growthOf, predict, type Tuning } from './log-linear.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { type Series, spanOf } from './series.ts';
import { tune } from './tuning.ts';

/** A day that lies ahead. */
export interface ForecastDay {
  readonly date: CalendarDate;
  /** The middle of what may come. */
  readonly expected: number;
  readonly intervals: Intervals;
  /** What was on the same weekday of the same week of the last year that is known. */
  readonly seasonalNaive: number | undefined;
}

export interface Forecast {
  readonly series: string;
  readonly lastKnown: CalendarDate;
  readonly tuning: Tuning;
  /** The growth of a year that the model sees at the end of the series, as a share, before it is damped. */
  readonly growth: number;
  /** The days on which the model was tried for its setting and its intervals. */
  readonly trials: { readonly first: CalendarDate; readonly last: CalendarDate };
  /** Days ahead up to which the intervals come from forecasts that went so far; farther ones are given those of the farthest. */
  readonly triedAhead: number;
  readonly days: readonly ForecastDay[];
}

/** The months that a forecast may go. */
export const MONTHS_AHEAD = { least: 1, most: 18 } as const;

/**
 * Forecasts the days after the end of a series.
 *
 * @param months how many, 1 to 18
 * @throws AnalyticsError for a series of less than three years.
 */
export function forecast(series: Series, months: number): Forecast {
  const { tuning, intervals, trials } = tune(series);
  const { last } = spanOf(series);
  const fitted = fit(series, tuning.halfLifeYears);
  const end = monthsAfter(last, months);
  const days = Array.from({ length: end - last }, (_, index) => {
    const day = last + 1 + index;
    const expected = predict(fitted, day, tuning);
    return {
      date: dateOf(day),
      expected,
      intervals: intervals.around(expected, day, day - last),
      seasonalNaive: seasonalNaive(series, last, day),
    };
  });
  return {
    series: series.name,
    lastKnown: dateOf(last),
    tuning,
    growth: growthOf(fitted),
    trials: { first: dateOf(trials.first), last: dateOf(trials.last) },
    triedAhead: intervals.farthest,
    days,
  };
}

/** The same day of the month so many months later, or the last day of a shorter month. */
function monthsAfter(day: Day, months: number): Day {
  const { year, month, dayOfMonth } = partsOf(day);
  return Math.min(dayFrom(year, month + months, dayOfMonth), dayFrom(year, month + months + 1, 1) - 1);
}
