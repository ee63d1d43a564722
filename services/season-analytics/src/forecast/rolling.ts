import type { Day } from '../calendar/day.ts';
import { type Fitted, fit } from './log-linear.ts';
import { part, type Series, spanOf } from './series.ts';

/** A day that lay ahead of an origin, and what came of it. */
export interface Ahead {
  readonly day: Day;
  readonly daysAhead: number;
  readonly actual: number;
}

/** The days from `first` on that are `step` apart and before `last`: the last day that a forecast has seen. */
export function origins(first: Day, last: Day, step: number): readonly Day[] {
  return Array.from({ length: Math.max(0, Math.ceil((last - first) / step)) }, (_, index) => first + index * step);
}

/** The model as it was when it had seen the days up to `origin` and no more. */
export function fitAt(series: Series, origin: Day, halfLifeYears: number): Fitted {
  return fit(part(series, -Infinity, origin), halfLifeYears);
}

/** The known days after `origin`, up to `horizon` days ahead and up to `last`. */
export function ahead({ values }: Series, origin: Day, horizon: number, last: Day): readonly Ahead[] {
  const days: Ahead[] = [];
  for (let day = origin + 1; day <= Math.min(last, origin + horizon); day++) {
    const actual = values.get(day);
    if (actual !== undefined) days.push({ day, daysAhead: day - origin, actual });
  }
  return days;
}

/** Days that a fit needs before it: two years, so that the trend is not taken for a season. */
export const LEAST_TRAINING_DAYS = 731;

/** The first day that may be an origin. */
export function firstOrigin(series: Series): Day {
  return spanOf(series).first + LEAST_TRAINING_DAYS - 1;
}
