import assert from 'node:assert/strict';
import {
  addDays,
  engineBounds,
  engineFloorAt,
  engineFloors,
  isSaturday,
  scalingSeason,
  SEASONS,
  seasonAt,
  startOfDate,
} from '@wedsync/domain';
import { fc } from '../../support/property.ts';

const LONDON = { minimum: 10, maximum: 200 };
const HOUR = 3_600_000;
const at = (text: string) => engineFloorAt(LONDON, Date.parse(text), 'Europe/London');

describe('the fewest engines that a region keeps ready', () => {
  it('stand above a season’s minimum on a Saturday as Saturday’s weddings stand above an average day’s', () => {
    assert.deepEqual(
      SEASONS.map((season) => engineFloors(LONDON, season)),
      [
        { always: 25, uploads: 38, saturday: 123 },
        { always: 15, uploads: 23, saturday: 74 },
        { always: 10, uploads: 15, saturday: 49 },
      ],
    );
  });

  it('rise on Friday evening and fall in the night after the wedding, by the clocks of the region', () => {
    // 19 June 2026 is a Friday in summer time, 20 November 2026 one in winter.
    assert.deepEqual([at('2026-06-19T18:59:59Z'), at('2026-06-19T19:00:00Z')], [38, 123]);
    assert.deepEqual([at('2026-06-21T02:59:59Z'), at('2026-06-21T03:00:00Z')], [123, 25]);
    assert.deepEqual([at('2026-11-20T19:59:59Z'), at('2026-11-20T20:00:00Z')], [15, 49]);
    assert.deepEqual([at('2026-11-22T03:59:59Z'), at('2026-11-22T04:00:00Z')], [49, 10]);
  });

  it('hold until four o’clock of the new time on Sundays on which the clocks change', () => {
    assert.deepEqual([at('2026-03-29T02:59:59Z'), at('2026-03-29T03:00:00Z')], [74, 15]);
    assert.deepEqual([at('2026-10-25T03:59:59Z'), at('2026-10-25T04:00:00Z')], [123, 25]);
  });

  it('are higher from evening to two o’clock, when photographers upload', () => {
    assert.deepEqual([at('2026-06-16T16:59:59Z'), at('2026-06-16T17:00:00Z')], [25, 38]);
    assert.deepEqual([at('2026-06-17T00:59:59Z'), at('2026-06-17T01:00:00Z')], [38, 25]);
  });

  it('are those of a Saturday on a busy day', () => {
    const noon = Date.parse('2026-08-07T11:00:00Z');
    assert.equal(engineFloorAt(LONDON, noon, 'Europe/London'), 25);
    assert.equal(engineFloorAt(LONDON, noon, 'Europe/London', new Set(['2026-08-07'])), 123);
  });

  it('stay within the season’s bounds at any time, for any region', () => {
    const region = fc.tuple(fc.integer({ min: 2, max: 50 }), fc.integer({ min: 10, max: 40 }));
    const instant = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2040, 0, 1) });
    fc.assert(
      fc.property(region, instant, ([minimum, times], when) => {
        const yearRound = { minimum, maximum: minimum * times };
        const floor = engineFloorAt(yearRound, when, 'Europe/Dublin');
        const season = engineBounds(yearRound, seasonAt(when, 'Europe/Dublin'));
        assert.ok(floor >= season.minimum && floor <= yearRound.maximum);
      }),
    );
  });

  it('never fall on a Saturday, nor as one begins', () => {
    let date = '2024-01-06';
    for (; date < '2036-01-01'; date = addDays(date, 7)) {
      assert.ok(isSaturday(date));
      const begin = startOfDate('Europe/London', date);
      const hours = Array.from({ length: 25 }, (_, hour) => begin + (hour - 1) * HOUR);
      const floors = hours.map((hour) => engineFloorAt(LONDON, hour, 'Europe/London'));
      assert.ok(
        floors.every((floor, hour) => hour === 0 || floor >= (floors[hour - 1] ?? 0)),
        `${date}: ${floors.join(' ')}`,
      );
    }
  });

  it('are the peak’s on a Saturday that ends it, and the off-season’s on any other 1 November', () => {
    assert.equal(scalingSeason('2025-11-01'), 'peak');
    assert.equal(scalingSeason('2026-11-01'), 'off-season');
  });
});
