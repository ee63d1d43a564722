import assert from 'node:assert/strict';
import { addDays, dateIn, engineFloorAt, isSaturday, startOfDate, type TimeZone } from '@wedsync/domain';
import { Cron } from 'croner';
import { SCALING_BEHAVIOR } from '../../../components/cache-service/autoscaler.ts';
import {
  type ScheduledFloor,
  scheduledFloors,
  type ScheduleFigures,
} from '../../../components/cache-service/schedule.ts';
import { fc } from '../../support/property.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Of a Saturday, from an hour before it: one on each side of whatever begins or ends. */
const HOURS = [-1, 0, 1, 3, 17, 19, 23];
const yearRound = { minimum: 10, maximum: 200 };
const busyDays = new Set(['2026-08-07', '2026-08-14', '2027-08-06', '2025-08-29']);

/** What KEDA 2.20 asks for: of the windows whose next end comes before their next start, the highest (pkg/scalers/cron_scaler.go). */
function keda(floors: readonly ScheduledFloor[], zone: TimeZone) {
  const windows = floors.map(({ start, end, replicas }) => ({
    start: new Cron(start, { timezone: zone, paused: true }),
    end: new Cron(end, { timezone: zone, paused: true }),
    replicas,
  }));
  return (instant: number) => {
    const next = (cron: Cron) => cron.nextRun(new Date(instant))?.getTime() ?? Infinity;
    const open = windows.filter(({ start, end }) => next(end) <= next(start));
    return Math.max(yearRound.minimum, ...open.map(({ replicas }) => replicas));
  };
}

const plan = (instant: number, zone: TimeZone = 'Europe/London'): ScheduleFigures => ({
  ...{ yearRound, zone, busyDays, instant },
});
const lastMinute = (instant: number, zone: TimeZone) => dateIn(zone, instant) !== dateIn(zone, instant + MINUTE);

describe('the schedule of the engine', () => {
  it('asks KEDA for the domain’s floor at any time of the coming year, but for the last minute of a day', () => {
    const deployed = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2028, 0, 1) });
    const zone = fc.constantFrom<TimeZone>('Europe/London', 'Europe/Dublin');
    const later = fc.array(fc.integer({ min: 0, max: 364 * DAY }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(deployed, zone, later, (instant, where, delays) => {
        const asked = keda(scheduledFloors(plan(instant, where)), where);
        for (const delay of delays) {
          const when = instant + delay;
          const floor = engineFloorAt(yearRound, when, where, busyDays);
          if (lastMinute(when, where)) assert.ok(asked(when) <= floor, new Date(when).toISOString());
          else assert.equal(asked(when), floor, new Date(when).toISOString());
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leaves no gap that is longer than the autoscaler waits before it takes anything away', () => {
    const wait = SCALING_BEHAVIOR.scaleDown.stabilizationWindowSeconds * 1000;
    const asked = keda(scheduledFloors(plan(Date.UTC(2026, 5, 1))), 'Europe/London');
    const midnight = startOfDate('Europe/London', '2026-06-20');
    const minutes = Array.from({ length: 11 }, (_, index) => midnight + (index - 5) * MINUTE);
    const gap = minutes.filter((when) => asked(when) < 123).length * MINUTE;
    assert.ok(gap > 0 && gap < wait, `${gap} ms`);
  });

  it('never falls on a Saturday, the one that ends the peak included, over two years', () => {
    for (const begin of ['2025-01-01', '2026-01-01']) {
      const asked = keda(scheduledFloors(plan(startOfDate('Europe/London', begin))), 'Europe/London');
      for (let date = begin; date < addDays(begin, 363); date = addDays(date, 1)) {
        if (!isSaturday(date)) continue;
        const start = startOfDate('Europe/London', date);
        const hours = HOURS.map((hour) => asked(start + hour * HOUR));
        assert.ok(
          hours.every((floor, hour) => hour === 0 || floor >= (hours[hour - 1] ?? 0)),
          `${date}: ${hours.join(' ')}`,
        );
      }
    }
  });

  it('is right over the changes of summer time', () => {
    const asked = keda(scheduledFloors(plan(Date.UTC(2026, 0, 1))), 'Europe/London');
    const floors = (texts: string[]) => texts.map((text) => asked(Date.parse(text)));
    assert.deepEqual(floors(['2026-03-29T02:59:30Z', '2026-03-29T03:00:30Z']), [74, 15]);
    assert.deepEqual(floors(['2026-10-25T03:59:30Z', '2026-10-25T04:00:30Z']), [123, 25]);
    assert.deepEqual(floors(['2026-06-19T18:59:30Z', '2026-06-19T19:00:30Z']), [38, 123]);
  });

  it('has no window open in winter that belongs to summer, wherever the first Friday of April is', () => {
    for (const year of [2024, 2025, 2026, 2027, 2028, 2029, 2030]) {
      const asked = keda(scheduledFloors(plan(Date.UTC(year, 11, 1))), 'Europe/London');
      assert.equal(
        asked(Date.UTC(year, 11, 9, 12)),
        engineFloorAt(yearRound, Date.UTC(year, 11, 9, 12), 'Europe/London'),
      );
    }
  });
});
