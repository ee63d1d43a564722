import { type Day, dayOf } from '../calendar/day.ts';
import type { History } from '../history/history.ts';

/** A figure a day; a day that was not measured is missing. */
export interface Series {
  /** For the reader: what is counted, and by whom. */
  readonly name: string;
  readonly values: ReadonlyMap<Day, number>;
}

/** The questions of a region's days. */
export function queriesOf({ region, origin, days }: History): Series {
  return {
    name: `queries of ${region}, ${origin.words}`,
    values: new Map(days.map(({ date, queries }) => [dayOf(date), queries])),
  };
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
