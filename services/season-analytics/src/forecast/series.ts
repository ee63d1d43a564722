import { AnalyticsError } from '../analytics-error.ts';
import { type Day, dayOf } from '../calendar/day.ts';
import type { History } from '../history/history.ts';

/** A figure a day; a day that was not measured is missing. */
export interface Series {
  /** For the reader: what is counted, and by whom. */
  readonly name: string;
  readonly values: ReadonlyMap<Day, number>;
}

/** What of a history can be forecast. */
export const FIGURES = ['queries', 'weddings'] as const;
export type FigureName = (typeof FIGURES)[number];

/**
 * A figure of a region's days, as far as it is known; how many days between are missing is said.
 *
 * @throws AnalyticsError where it is not known of any day.
 */
export function seriesOf({ region, origin, days }: History, figure: FigureName = 'queries'): Series {
  const known = days.flatMap((day) => {
    const value = day[figure];
    return value === undefined ? [] : [[dayOf(day.date), value] as const];
  });
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined)
    throw new AnalyticsError(`The history of ${region} knows no ${figure}.`);
  const missing = last[0] - first[0] + 1 - known.length;
  const gaps =
    missing === 0 ? '' : missing === 1 ? '; 1 day between is missing' : `; ${missing} days between are missing`;
  return { name: `${figure} of ${region}, ${origin.words}${gaps}`, values: new Map(known) };
}

/** The first and the last day of a series. @throws RangeError on an empty one. */
export function spanOf({ name, values }: Series): { readonly first: Day; readonly last: Day } {
  if (values.size === 0) throw new RangeError(`There is no day in ${name}.`);
  let [first, last] = [Infinity, -Infinity];
  for (const day of values.keys()) {
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  return { first, last };
}

/** What is known of a series from `first` to `last`, both included. */
export function part({ name, values }: Series, first: Day, last: Day): Series {
  return { name, values: new Map([...values].filter(([day]) => day >= first && day <= last)) };
}
