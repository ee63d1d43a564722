import { DateTime } from 'luxon';
import type { TimeZone } from './calendar.ts';

/** Peak: April to October. Pre-season: January to March. Off-season: November and December. */
export const SEASONS = ['peak', 'pre-season', 'off-season'] as const;
export type Season = (typeof SEASONS)[number];

const FIRST_PEAK_MONTH = 4;
const LAST_PEAK_MONTH = 10;

const MONTHS: Readonly<Record<Season, Months>> = {
  'pre-season': { first: 1, last: FIRST_PEAK_MONTH - 1 },
  peak: { first: FIRST_PEAK_MONTH, last: LAST_PEAK_MONTH },
  'off-season': { first: LAST_PEAK_MONTH + 1, last: 12 },
};

/** Months of one year, 1 to 12, both included. */
export interface Months {
  readonly first: number;
  readonly last: number;
}

/** The months of a season; none reaches over the end of a year. */
export function monthsOf(season: Season): Months {
  return MONTHS[season];
}

/** The season of a month, 1 to 12. */
export function seasonOfMonth(month: number): Season {
  if (month < FIRST_PEAK_MONTH) return 'pre-season';
  return month <= LAST_PEAK_MONTH ? 'peak' : 'off-season';
}

/** The season at `instant` (epoch milliseconds) by the calendar of `zone`. */
export function seasonAt(instant: number, zone: TimeZone): Season {
  return seasonOfMonth(DateTime.fromMillis(instant, { zone }).month);
}
