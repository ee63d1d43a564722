/** What is known of an objective in every five minutes of a period. */
import {
  addDays,
  type CalendarDate,
  isSaturday,
  type ObjectiveDays,
  SATURDAY_HOURS,
  seasonOfMonth,
  SLO_BASE_RANGE,
  type TimeZone,
} from '@wedsync/domain';
import { DateTime } from 'luxon';
import type { Period } from '../period.ts';

export const WINDOW_MINUTES = SLO_BASE_RANGE.seconds / 60;
const WINDOW_MS = SLO_BASE_RANGE.seconds * 1000;

/** Values by the end of the window that they are about, in epoch seconds. */
export type Samples = ReadonlyMap<number, number>;

/** What was measured of an objective. */
export interface ObjectiveSamples {
  /** Requests a second that did not go well. */
  readonly bad: Samples;
  /** All requests a second. */
  readonly total: Samples;
  /** 1 while it was promised, else 0. */
  readonly promised: Samples;
}

/**
 * Five minutes of an objective. `unknown`: it was promised, and nothing tells how it went. Requests are what Prometheus works out of counters that
 * it read every few seconds, so they are no whole numbers.
 */
export type Window = { readonly begins: number } & (
  | { readonly state: 'measured'; readonly requests: number; readonly bad: number }
  | { readonly state: 'unknown' | 'not-promised' }
);

/** By what a region's wedding days are told. */
export interface WeddingCalendar {
  readonly zone: TimeZone;
  /** Days that are kept as Saturdays are. */
  readonly busyDays: ReadonlySet<CalendarDate>;
}

/** The windows of a period, in order and without gaps, whatever the order of the samples. */
export function windowsOf(
  days: ObjectiveDays,
  samples: ObjectiveSamples,
  { zone, from, until }: Period,
  busyDays: ReadonlySet<CalendarDate>,
): Window[] {
  const windows: Window[] = [];
  for (let begins = from; begins < until; begins += WINDOW_MS) {
    const at = (begins + WINDOW_MS) / 1000;
    const total = count(samples.total.get(at));
    const bad = count(samples.bad.get(at));
    if (total !== undefined && bad !== undefined) {
      // Two rates of counters that were not read at the same instant may differ by a request.
      windows.push({ begins, state: 'measured', requests: total, bad: Math.min(bad, total) });
    } else {
      const promised = samples.promised.get(at) ?? (promisedAt(days, at * 1000 - 1, { zone, busyDays }) ? 1 : 0);
      windows.push({ begins, state: promised === 1 ? 'unknown' : 'not-promised' });
    }
  }
  return windows;
}

/** Requests in a window from a rate a second; no figure is not a good one. */
function count(rate: number | undefined): number | undefined {
  return rate !== undefined && Number.isFinite(rate) && rate >= 0 ? rate * SLO_BASE_RANGE.seconds : undefined;
}

/** Whether an objective is promised at an instant (epoch milliseconds), by the calendar alone: for times in which nothing was recorded. */
export function promisedAt(days: ObjectiveDays, instant: number, { zone, busyDays }: WeddingCalendar): boolean {
  if (days === 'always') return true;
  const local = DateTime.fromMillis(instant, { zone });
  const peak = seasonOfMonth(local.month) === 'peak';
  const today = local.toISODate() as CalendarDate;
  // The night after a wedding is still its day.
  const dates = local.hour < SATURDAY_HOURS.sundayUntil ? [today, addDays(today, -1)] : [today];
  const wedding = dates.some((date) => isSaturday(date) || busyDays.has(date));
  switch (days) {
    case 'peak':
      return peak;
    case 'off-peak':
      return !peak;
    case 'wedding-day':
      return wedding;
    case 'peak-other-days':
      return peak && !wedding;
    case 'off-peak-other-days':
      return !peak && !wedding;
  }
}
