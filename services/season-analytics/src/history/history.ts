import { type CalendarDate, regionIdentity, type RegionName, type TimeZone } from '@wedsync/domain';
import { AnalyticsError } from '../analytics-error.ts';

/** A day of a region as it was. */
export interface HistoryDay {
  readonly date: CalendarDate;
  /** Questions asked from midnight to midnight by the clocks of the region. */
  readonly queries: number;
  /** The share of them that the cache answered, 0 to 1. */
  readonly hitRate?: number | undefined;
  /** Weddings in the region on this day. */
  readonly weddings?: number | undefined;
  /** The share of the day's questions that came in its busiest hour. */
  readonly peakHourShare?: number | undefined;
}

/** What a region's days were like, oldest first. Days may be missing: nobody measured them. */
export interface History {
  readonly region: RegionName;
  readonly zone: TimeZone;
  readonly origin: HistoryOrigin;
  readonly days: readonly HistoryDay[];
}

/** Where figures come from: measured, read from somebody's file, or made up for demonstration. */
export interface HistoryOrigin {
  readonly kind: 'prometheus' | 'file' | 'generated';
  /** For the reader: which server, which file, or how it was made. */
  readonly words: string;
}

/**
 * Puts days in order.
 *
 * @throws AnalyticsError on a day that comes twice or a figure that no day can have.
 */
export function inOrder(days: readonly HistoryDay[]): readonly HistoryDay[] {
  const sorted = days.toSorted((one, other) => (one.date < other.date ? -1 : 1));
  for (const [index, { date, queries, hitRate, weddings, peakHourShare }] of sorted.entries()) {
    const wrong = (field: string, value: unknown, allowed: string) =>
      new AnalyticsError(`${field} of ${date} is ${String(value)}. Allowed: ${allowed}.`);
    if (sorted[index + 1]?.date === date) throw new AnalyticsError(`${date} comes twice. Allowed: each day once.`);
    if (!(queries >= 0 && Number.isFinite(queries))) throw wrong('queries', queries, 'a number from 0');
    if (hitRate !== undefined && !(hitRate >= 0 && hitRate <= 1)) throw wrong('hitRate', hitRate, 'a share, 0 to 1');
    if (weddings !== undefined && !(weddings >= 0 && Number.isFinite(weddings)))
      throw wrong('weddings', weddings, 'a number from 0');
    if (peakHourShare !== undefined && !(peakHourShare >= 0 && peakHourShare <= 1))
      throw wrong('peakHourShare', peakHourShare, 'a share, 0 to 1');
  }
  return sorted;
}

/**
 * Histories of which several may be of one region, such as a file a month, as one of each region. What was made up in part is called so as a whole.
 *
 * @throws AnalyticsError on a day that is in two of them.
 */
export function mergeHistories(histories: readonly History[]): readonly History[] {
  return [...Map.groupBy(histories, ({ region }) => region)].map(([region, own]) => {
    const kinds = new Set(own.map(({ origin }) => origin.kind));
    const kind = kinds.has('generated') ? 'generated' : kinds.has('file') ? 'file' : 'prometheus';
    const words = [...new Set(own.map(({ origin }) => origin.words))].join(' and ');
    const { zone } = regionIdentity(region);
    return { region, zone, origin: { kind, words }, days: inOrder(own.flatMap(({ days }) => days)) };
  });
}
