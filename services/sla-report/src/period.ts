/** The times that reports are about, by the clocks of the region. */
import {
  addDays,
  type CalendarDate,
  dateIn,
  describeDate,
  describeInstant,
  instantOf,
  isCalendarDate,
  isSaturday,
  regionIdentity,
  type RegionName,
  SATURDAY_HOURS,
  SLO_BASE_RANGE,
  startOfDate,
  type TimeZone,
} from '@wedsync/domain';
import { DateTime } from 'luxon';
import { SlaError } from './sla-error.ts';

/** A day of the calendar, or the part of it that lies in the period. Epoch milliseconds, `until` excluded. */
export interface Day {
  readonly date: CalendarDate;
  readonly from: number;
  readonly until: number;
}

/** A month, or one Saturday with its night. Epoch milliseconds, `until` excluded. */
export interface Period {
  readonly kind: 'month' | 'saturday';
  /** `2026-10`, or the Saturday's date. */
  readonly name: string;
  readonly region: RegionName;
  readonly zone: TimeZone;
  readonly from: number;
  readonly until: number;
  /** Without gaps, in order: 23 or 25 hours long where summer time begins or ends. */
  readonly days: readonly Day[];
  /** False while it goes on and the report is about what is over of it. */
  readonly complete: boolean;
}

const NIGHT_END = `${String(SATURDAY_HOURS.sundayUntil).padStart(2, '0')}:00`;

/** A month, `YYYY-MM`. @throws SlaError */
export function monthPeriod(region: RegionName, month: string): Period {
  const first = `${month}-01`;
  if (!/^\d{4}-\d{2}$/.test(month) || !isCalendarDate(first))
    throw new SlaError(`"${month}" is no month. Allowed: a month such as 2026-10.`);
  const next = DateTime.fromISO(first, { zone: 'utc' }).plus({ months: 1 }).toISODate() as CalendarDate;
  const { zone } = regionIdentity(region);
  return period('month', month, region, startOfDate(zone, first), startOfDate(zone, next));
}

/** A Saturday from midnight to the end of the night after it. @throws SlaError */
export function saturdayPeriod(region: RegionName, date: CalendarDate): Period {
  if (!isCalendarDate(date)) throw new SlaError(`"${date}" is no date. Allowed: a Saturday such as 2026-10-17.`);
  if (!isSaturday(date)) throw new SlaError(`${describeDate(date)} is no Saturday.`);
  const { zone } = regionIdentity(region);
  const until = instantOf(zone, addDays(date, 1), NIGHT_END, 'last');
  return period('saturday', date, region, startOfDate(zone, date), until);
}

/**
 * The period, if it is over at `now` (epoch milliseconds).
 *
 * @param soFar whether what is over of it will do
 * @throws SlaError saying until when it lasts
 */
export function ended(whole: Period, now: number, soFar: boolean): Period {
  if (whole.until <= now) return whole;
  const last = describeInstant(whole.until, whole.zone);
  if (!soFar)
    throw new SlaError(`${describePeriod(whole)} is over on ${last}. A report of what there is: add --so-far.`);
  const step = SLO_BASE_RANGE.seconds * 1000;
  const until = Math.floor(now / step) * step;
  if (until <= whole.from) throw new SlaError(`${describePeriod(whole)} has not begun.`);
  return { ...period(whole.kind, whole.name, whole.region, whole.from, until), complete: false };
}

/** As a person says it: `October 2026`, `Saturday 17 October 2026`. */
export function describePeriod({ kind, name }: Pick<Period, 'kind' | 'name'>): string {
  if (kind === 'saturday') return describeDate(name);
  return DateTime.fromISO(`${name}-01`, { zone: 'utc' }).setLocale('en-GB').toFormat('LLLL yyyy');
}

function period(kind: Period['kind'], name: string, region: RegionName, from: number, until: number): Period {
  const { zone } = regionIdentity(region);
  return { kind, name, region, zone, from, until, days: daysOf(zone, from, until), complete: true };
}

function daysOf(zone: TimeZone, from: number, until: number): Day[] {
  const days: Day[] = [];
  for (let date = dateIn(zone, from), begins = from; begins < until; date = addDays(date, 1)) {
    const ends = Math.min(startOfDate(zone, addDays(date, 1)), until);
    days.push({ date, from: begins, until: ends });
    begins = ends;
  }
  return days;
}
