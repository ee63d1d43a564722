/** The region's calendar as series, made from the clock alone: they are there when every Pod is gone. */
import {
  addDays,
  type CalendarDate,
  instantOf,
  monthsOf,
  SATURDAY_HOURS,
  startOfDate,
  type TimeZone,
} from '@wedsync/domain';
import { type RuleGroup, WEDDING_DAY } from './rules.ts';

/** 1 in the peak season, else 0. */
export const PEAK_SEASON = 'wedsync:peak_season';

/** What the calendar is made from. */
export interface CalendarFigures {
  readonly zone: TimeZone;
  /** Days that are kept as Saturdays are. */
  readonly busyDays: ReadonlySet<CalendarDate>;
  /** When the rules are made, in epoch milliseconds: a busy day that lies behind needs no rule. */
  readonly instant: number;
}

const HOUR_SECONDS = 3600;
const SATURDAY = 6;
/** When the night after a wedding is over. */
const NIGHT_END = `${String(SATURDAY_HOURS.sundayUntil).padStart(2, '0')}:00`;

/** The calendar, worked out every minute. */
export function calendarRules(figures: CalendarFigures): RuleGroup {
  const now = 'vector(time())';
  return {
    name: 'wedsync.calendar',
    intervalSeconds: 60,
    recording: [
      { record: WEDDING_DAY, expr: weddingDay(now, figures) },
      { record: PEAK_SEASON, expr: peakSeason(now) },
    ],
  };
}

/**
 * PromQL that is 1 on a wedding day and in the night after it, by the clocks of the zone, else 0. `now` is an instant vector without labels,
 * whose value is the time in seconds since 1970.
 */
export function weddingDay(now: string, { zone, busyDays, instant }: CalendarFigures): string {
  const local = localTime(now);
  // Shifted by the night, its early hours are still the day before.
  const dayOf = `(${local} - ${SATURDAY_HOURS.sundayUntil * HOUR_SECONDS})`;
  const saturdays = [local, dayOf].map((time) => `(day_of_week(${time}) == ${SATURDAY})`);
  const busy = [...busyDays]
    .sort()
    .map((date) => ({ from: startOfDate(zone, date), until: instantOf(zone, addDays(date, 1), NIGHT_END, 'last') }))
    .filter(({ until }) => until > instant)
    .map(({ from, until }) => `(${now} >= ${from / 1000} < ${until / 1000})`);
  return either([...saturdays, ...busy], now);
}

/** PromQL that is 1 from the first to the last month of the peak season, by the clocks of London and Dublin, else 0. */
export function peakSeason(now: string): string {
  const { first, last } = monthsOf('peak');
  return either([`(month(${localTime(now)}) >= ${first} <= ${last})`], now);
}

/**
 * PromQL for the seconds that a clock on the wall in London or Dublin shows, as if they were UTC. Both follow the same law: summer time is from the last
 * Sunday of March, 01:00 UTC, to the last Sunday of October, 01:00 UTC (Directive 2000/84/EC; The Summer Time Order 2002). Months between are all
 * summer. What the days of 31-day months say is how far the last Sunday lies behind or ahead.
 */
export function localTime(now: string): string {
  // The date of the month's last Sunday, from today's weekday (Sunday is 0) and date.
  const lastSunday = `(31 - ((day_of_week(${now}) + 31 - day_of_month(${now})) % 7))`;
  // Days and hours of the month gone by, held against 01:00 UTC on that Sunday.
  const past = `((day_of_month(${now}) - ${lastSunday}) * 24 + hour(${now}) >= bool 1)`;
  const inSummer =
    `(month(${now}) > bool 3) * (month(${now}) < bool 10) + (month(${now}) == bool 3) * ${past} + ` +
    `(month(${now}) == bool 10) * (1 - ${past})`;
  return `(${now} + ${HOUR_SECONDS} * (${inSummer}))`;
}

/** 1 where any of the conditions gives a value above 0, else 0. */
function either(conditions: readonly string[], now: string): string {
  return `(${[...conditions, `${now} * 0`].join(' or ')}) >= bool 1`;
}
