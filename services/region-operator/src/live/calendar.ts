import {
  addDays,
  changeFreezeAt,
  dateIn,
  describeDate,
  type Freeze,
  type FreezePlan,
  monthsOf,
  nextFreezes,
  seasonAt,
  startOfDate,
  type TimeZone,
} from '@wedsync/domain';
import type { FrozenTime, Snapshot } from '../wire.ts';

/** Days for which Prometheus remembers: a season that began before is counted from then on. */
const REMEMBERED_DAYS = 30;

/** What the region's calendar says at an instant (epoch milliseconds). */
export interface CalendarFacts {
  readonly season: Snapshot['season'];
  /** How long the season is counted for, in whole seconds. */
  readonly seasonSeconds: number;
  readonly frozenNow: FrozenTime | null;
  readonly nextFrozen: FrozenTime;
}

export function calendarAt(instant: number, zone: TimeZone, plan: FreezePlan): CalendarFacts {
  const name = seasonAt(instant, zone);
  const today = dateIn(zone, instant);
  const began = `${today.slice(0, 4)}-${String(monthsOf(name).first).padStart(2, '0')}-01`;
  const countedFrom = Math.max(startOfDate(zone, began), startOfDate(zone, addDays(today, -REMEMBERED_DAYS)));
  const freeze = changeFreezeAt(instant, zone, plan);
  const [next] = nextFreezes(instant, zone, plan, 1);
  if (next === undefined) throw new Error('There is always another Saturday.');
  return {
    season: { name, countedFrom: new Date(countedFrom).toISOString() },
    seasonSeconds: Math.max(60, Math.floor((instant - countedFrom) / 1000)),
    frozenNow: freeze.frozen ? describe(freeze) : null,
    nextFrozen: describe(next),
  };
}

function describe({ from, until, days }: Freeze): FrozenTime {
  return {
    from: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
    days: days.map((day) => ({
      date: day.date,
      words: describeDate(day.date),
      why:
        day.reason === 'saturday'
          ? 'a Saturday'
          : `${day.timesAverage.toFixed(1)} times an average day’s weddings by the bookings`,
    })),
  };
}
