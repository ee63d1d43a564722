import {
  addDays,
  type CalendarDate,
  dateIn,
  instantOf,
  isSaturday,
  startOfDate,
  type TimeZone,
  type WallTime,
} from './calendar.ts';

/** Which days are frozen beside Saturdays, and from when to when. Hours can make the freeze longer, never shorter. */
export interface FreezePlan {
  /** Days on which so many couples marry that they are kept as Saturdays are, with how many times an average day's weddings. */
  readonly busyDays: ReadonlyMap<CalendarDate, number>;
  /** The time on the day before from which a frozen day is frozen already. @default its midnight */
  readonly beginsDayBefore?: WallTime | undefined;
  /** The time on the day after until which a frozen day is frozen still. @default its midnight */
  readonly endsDayAfter?: WallTime | undefined;
}

/** Saturdays from midnight to midnight, and nothing else. */
export const SATURDAYS_ONLY: FreezePlan = { busyDays: new Map() };

/** A day on which nothing may change, and why. */
export type FrozenDay =
  | { readonly date: CalendarDate; readonly reason: 'saturday' }
  | { readonly date: CalendarDate; readonly reason: 'busy'; readonly timesAverage: number };

/** A time without change: one frozen day, or several whose hours touch each other. Epoch milliseconds, `until` excluded. */
export interface Freeze {
  readonly from: number;
  readonly until: number;
  readonly days: readonly [FrozenDay, ...FrozenDay[]];
}

/** Whether changes are allowed at an instant; when not, in which freeze it lies and which of its days speaks first. */
export type ChangeFreeze = { readonly frozen: false } | ({ readonly frozen: true; readonly day: FrozenDay } & Freeze);

/** Hours of two frozen days cannot touch when more days than this lie between their dates. */
const FARTHEST_NEIGHBOUR = 2;

/**
 * The change freeze at an instant (epoch milliseconds): all of Saturday and of every busy day, by the calendar of `zone`. In
 * summer time, Saturday is Friday 23:00 UTC to Saturday 23:00 UTC.
 */
export function changeFreezeAt(instant: number, zone: TimeZone, plan: FreezePlan = SATURDAYS_ONLY): ChangeFreeze {
  const today = dateIn(zone, instant);
  const day = [today, addDays(today, 1), addDays(today, -1)]
    .map((date) => frozenDay(date, plan))
    .find((found) => found !== undefined && holds(found.date, instant, zone, plan));
  return day === undefined ? { frozen: false } : { frozen: true, day, ...around(day, zone, plan) };
}

/** The first `count` freezes that begin after an instant (epoch milliseconds). */
export function nextFreezes(instant: number, zone: TimeZone, plan: FreezePlan, count: number): readonly Freeze[] {
  const found: Freeze[] = [];
  let date = dateIn(zone, instant);
  while (found.length < count) {
    const day = frozenDay(date, plan);
    const freeze = day && around(day, zone, plan);
    if (freeze && freeze.from > instant) found.push(freeze);
    date = addDays(freeze?.days.at(-1)?.date ?? date, 1);
  }
  return found;
}

function frozenDay(date: CalendarDate, { busyDays }: FreezePlan): FrozenDay | undefined {
  if (isSaturday(date)) return { date, reason: 'saturday' };
  const timesAverage = busyDays.get(date);
  return timesAverage === undefined ? undefined : { date, reason: 'busy', timesAverage };
}

function beginOf(date: CalendarDate, zone: TimeZone, { beginsDayBefore }: FreezePlan): number {
  return beginsDayBefore === undefined
    ? startOfDate(zone, date)
    : instantOf(zone, addDays(date, -1), beginsDayBefore, 'first');
}

function endOf(date: CalendarDate, zone: TimeZone, { endsDayAfter }: FreezePlan): number {
  const dayAfter = addDays(date, 1);
  return endsDayAfter === undefined ? startOfDate(zone, dayAfter) : instantOf(zone, dayAfter, endsDayAfter, 'last');
}

function holds(date: CalendarDate, instant: number, zone: TimeZone, plan: FreezePlan): boolean {
  return beginOf(date, zone, plan) <= instant && instant < endOf(date, zone, plan);
}

/** The whole freeze to which a frozen day belongs. */
function around(day: FrozenDay, zone: TimeZone, plan: FreezePlan): Freeze {
  const days: [FrozenDay, ...FrozenDay[]] = [day];
  for (;;) {
    const before = neighbour(days[0], -1, zone, plan);
    if (before === undefined) break;
    days.unshift(before);
  }
  let last = day;
  for (;;) {
    const after = neighbour(last, 1, zone, plan);
    if (after === undefined) break;
    days.push((last = after));
  }
  return { from: beginOf(days[0].date, zone, plan), until: endOf(last.date, zone, plan), days };
}

/** The nearest frozen day before (-1) or after (1) a frozen one, if the hours of the two touch. */
function neighbour({ date }: FrozenDay, way: 1 | -1, zone: TimeZone, plan: FreezePlan): FrozenDay | undefined {
  for (let distance = 1; distance <= FARTHEST_NEIGHBOUR; distance++) {
    const found = frozenDay(addDays(date, way * distance), plan);
    if (found === undefined) continue;
    const [earlier, later] = way === 1 ? [date, found.date] : [found.date, date];
    return endOf(earlier, zone, plan) >= beginOf(later, zone, plan) ? found : undefined;
  }
  return undefined;
}
