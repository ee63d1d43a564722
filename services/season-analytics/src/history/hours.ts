import { type CalendarDate, dateIn, startOfDate, addDays, type TimeZone } from '@wedsync/domain';
import type { HistoryDay } from './history.ts';

/** An hour of a region. */
export interface HistoryHour {
  /** When it begins, epoch milliseconds. */
  readonly begins: number;
  readonly queries: number;
  /** Those of them that the cache answered; `undefined` where nobody counted. */
  readonly hits?: number | undefined;
}

const HOUR = 3_600_000;

/**
 * Hours as the days of a zone: 23 hours where summer time begins, 25 where it ends. A day that is not there whole, at either end or because an hour
 * is missing, is left out: a part of a day is no low day.
 */
export function daysOfHours(hours: readonly HistoryHour[], zone: TimeZone): readonly HistoryDay[] {
  const byDate = new Map<CalendarDate, HistoryHour[]>();
  for (const hour of hours) {
    const date = dateIn(zone, hour.begins);
    byDate.set(date, [...(byDate.get(date) ?? []), hour]);
  }
  return [...byDate]
    .filter(([date, of]) => of.length === hoursOfDay(date, zone))
    .map(([date, of]) => dayFromHours(date, of));
}

/** How many hours a date has in a zone. */
export function hoursOfDay(date: CalendarDate, zone: TimeZone): number {
  return (startOfDate(zone, addDays(date, 1)) - startOfDate(zone, date)) / HOUR;
}

function dayFromHours(date: CalendarDate, hours: readonly HistoryHour[]): HistoryDay {
  const queries = hours.reduce((sum, hour) => sum + hour.queries, 0);
  const counted = hours.every(({ hits }) => hits !== undefined);
  const hits = hours.reduce((sum, hour) => sum + (hour.hits ?? 0), 0);
  const busiest = Math.max(...hours.map((hour) => hour.queries));
  return {
    date,
    queries,
    ...(counted && queries > 0 && { hitRate: Math.min(1, hits / queries) }),
    ...(queries > 0 && { peakHourShare: busiest / queries }),
  };
}
