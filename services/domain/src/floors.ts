import { DateTime } from 'luxon';
import { addDays, type CalendarDate, dateIn, isSaturday, type TimeZone } from './calendar.ts';
import { type Bounds, engineBounds } from './scaling.ts';
import { type Season, seasonOfMonth } from './seasons.ts';
import { aboveAverageWeekday, SATURDAY_SHARE } from './weddings.ts';

/** From Friday evening, so that machines are there before the first guest, to the end of the night after the wedding. */
export const SATURDAY_HOURS = { fridayFrom: 20, sundayUntil: 4 } as const;

/** Photographers upload most from evening to two o'clock in the night. */
export const UPLOAD_HOURS = { from: 18, until: 2 } as const;

/** How much more the engine keeps ready in the hours of uploads; an assumption, until traces of photo intake say better. */
const UPLOAD_TIMES = 1.5;

/** The fewest engines that a season keeps ready: at any time, in the hours of uploads, and around a Saturday. */
export interface EngineFloors {
  readonly always: number;
  readonly uploads: number;
  readonly saturday: number;
}

/**
 * The floors of a season, from the region's year-round bounds. A Saturday's stands above the season's minimum as Saturday's
 * weddings stand above those of an average weekday; none is above the season's maximum.
 */
export function engineFloors(yearRound: Bounds, season: Season): EngineFloors {
  const { minimum, maximum } = engineBounds(yearRound, season);
  const times = (factor: number) => Math.min(maximum, Math.ceil(minimum * factor));
  return { always: minimum, uploads: times(UPLOAD_TIMES), saturday: times(aboveAverageWeekday(SATURDAY_SHARE)) };
}

/**
 * The season by which `date` is scaled: its own, but on a Saturday never one with a lower floor than the day before had. Only a
 * 1 November can be such a Saturday.
 */
export function scalingSeason(date: CalendarDate): Season {
  const own = seasonOf(date);
  const before = seasonOf(addDays(date, -1));
  return isSaturday(date) && own === 'off-season' && before === 'peak' ? before : own;
}

/**
 * The fewest engines that there should be at an instant (epoch milliseconds), by the clocks of `zone`. A busy day is kept as a
 * Saturday is.
 */
export function engineFloorAt(
  yearRound: Bounds,
  instant: number,
  zone: TimeZone,
  busyDays: ReadonlySet<CalendarDate> = new Set(),
): number {
  const date = dateIn(zone, instant);
  const floors = engineFloors(yearRound, scalingSeason(date));
  const { weekday, hour } = DateTime.fromMillis(instant, { zone });
  if (busyDays.has(date) || isAroundSaturday(weekday, hour)) return floors.saturday;
  return hour >= UPLOAD_HOURS.from || hour < UPLOAD_HOURS.until ? floors.uploads : floors.always;
}

const FRIDAY = 5;
const SATURDAY = 6;
const SUNDAY = 7;

function isAroundSaturday(weekday: number, hour: number): boolean {
  if (weekday === FRIDAY) return hour >= SATURDAY_HOURS.fridayFrom;
  return weekday === SATURDAY || (weekday === SUNDAY && hour < SATURDAY_HOURS.sundayUntil);
}

function seasonOf(date: CalendarDate): Season {
  return seasonOfMonth(Number(date.slice('YYYY-'.length, 'YYYY-MM'.length)));
}
