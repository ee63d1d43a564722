import assert from 'node:assert/strict';
import {
  addDays,
  changeFreezeAt,
  dateIn,
  type FreezePlan,
  isSaturday,
  nextFreezes,
  startOfDate,
  type TimeZone,
} from '@wedsync/domain';
import { fc } from '../../support/property.ts';

const at = (iso: string) => Date.parse(iso);
/** The weekday by another implementation of time zones than the domain's. */
const weekday = (instant: number, timeZone: TimeZone) =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone }).format(instant);

describe('the change freeze', () => {
  it('holds on a Saturday in winter from midnight to midnight UTC', () => {
    assert.equal(changeFreezeAt(at('2026-01-09T23:59:59Z'), 'Europe/London').frozen, false);
    assert.equal(changeFreezeAt(at('2026-01-10T00:00:00Z'), 'Europe/London').frozen, true);
    assert.equal(changeFreezeAt(at('2026-01-10T23:59:59Z'), 'Europe/London').frozen, true);
    assert.equal(changeFreezeAt(at('2026-01-11T00:00:00Z'), 'Europe/London').frozen, false);
  });

  it('begins on Friday 23:00 UTC in summer time', () => {
    assert.equal(changeFreezeAt(at('2026-07-03T22:59:59Z'), 'Europe/London').frozen, false);
    assert.deepEqual(changeFreezeAt(at('2026-07-03T23:00:00Z'), 'Europe/London'), {
      frozen: true,
      day: { date: '2026-07-04', reason: 'saturday' },
      days: [{ date: '2026-07-04', reason: 'saturday' }],
      from: at('2026-07-03T23:00:00Z'),
      until: at('2026-07-04T23:00:00Z'),
    });
    assert.equal(changeFreezeAt(at('2026-07-04T23:00:00Z'), 'Europe/Dublin').frozen, false);
  });

  it('agrees with the weekday of Intl at every instant of ten years, in both zones', () => {
    const instant = fc.integer({ min: at('2025-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') });
    fc.assert(
      fc.property(instant, fc.constantFrom<TimeZone>('Europe/London', 'Europe/Dublin'), (now, zone) => {
        const freeze = changeFreezeAt(now, zone);
        assert.equal(freeze.frozen, weekday(now, zone) === 'Saturday');
        if (freeze.frozen) {
          assert.equal(weekday(freeze.until - 1, zone), 'Saturday');
          assert.equal(weekday(freeze.until, zone), 'Sunday');
        }
      }),
    );
  });

  it('knows the length of the days on which clocks change', () => {
    const hours = (date: string, next: string) =>
      (startOfDate('Europe/London', next) - startOfDate('Europe/London', date)) / 3_600_000;
    assert.equal(hours('2026-03-29', '2026-03-30'), 23);
    assert.equal(hours('2026-10-25', '2026-10-26'), 25);
    assert.equal(isSaturday('2026-03-28'), true);
  });
});

describe('the change freeze of busy days and longer hours', () => {
  const LONDON = 'Europe/London';
  const BUSY: FreezePlan = { busyDays: new Map([['2026-08-07', 2.2]]) };
  const freezeAt = (iso: string, plan: FreezePlan) => {
    const freeze = changeFreezeAt(at(iso), LONDON, plan);
    assert.ok(freeze.frozen, iso);
    const { from, until, day } = freeze;
    return { from: new Date(from).toISOString(), until: new Date(until).toISOString(), day };
  };

  it('keeps a busy Friday and the Saturday after it as one freeze, and says why each is in it', () => {
    const whole = { from: '2026-08-06T23:00:00.000Z', until: '2026-08-08T23:00:00.000Z' };
    const friday = { date: '2026-08-07', reason: 'busy', timesAverage: 2.2 };
    assert.deepEqual(freezeAt('2026-08-07T12:00Z', BUSY), { ...whole, day: friday });
    assert.deepEqual(freezeAt('2026-08-08T12:00Z', BUSY), {
      ...whole,
      day: { date: '2026-08-08', reason: 'saturday' },
    });
    assert.equal(changeFreezeAt(at('2026-08-06T22:59:59Z'), LONDON, BUSY).frozen, false);
  });

  it('begins on Friday at 18:00 and ends on Sunday at 06:00 where it is told to', () => {
    const plan = { busyDays: new Map<string, number>(), beginsDayBefore: '18:00', endsDayAfter: '06:00' };
    const saturday = { date: '2026-04-18', reason: 'saturday' };
    for (const instant of ['2026-04-17T17:00Z', '2026-04-18T12:00Z', '2026-04-19T04:59Z']) {
      const whole = { from: '2026-04-17T17:00:00.000Z', until: '2026-04-19T05:00:00.000Z', day: saturday };
      assert.deepEqual(freezeAt(instant, plan), whole);
    }
    assert.equal(changeFreezeAt(at('2026-04-17T16:59Z'), LONDON, plan).frozen, false);
    assert.equal(changeFreezeAt(at('2026-04-19T05:00Z'), LONDON, plan).frozen, false);
  });

  it('ends at the second of two equal times, and at the time that the clocks skip', () => {
    const plan = { busyDays: new Map<string, number>(), endsDayAfter: '01:30' };
    // On Sunday 25 October 2026 clocks show 01:30 twice; on Sunday 28 March 2027 they never do.
    assert.equal(freezeAt('2026-10-24T12:00Z', plan).until, '2026-10-25T01:30:00.000Z');
    assert.equal(freezeAt('2027-03-27T12:00Z', plan).until, '2027-03-28T01:30:00.000Z');
  });

  it('joins a day between two frozen ones when their hours meet in it, and only then', () => {
    const busyDays = new Map([['2026-08-10', 2.1]]);
    const until = (hours: Partial<FreezePlan>) => freezeAt('2026-08-08T12:00Z', { busyDays, ...hours }).until;
    assert.equal(until({ beginsDayBefore: '06:00', endsDayAfter: '06:00' }), '2026-08-11T05:00:00.000Z');
    assert.equal(until({ beginsDayBefore: '06:01', endsDayAfter: '06:00' }), '2026-08-09T05:00:00.000Z');
  });

  it('lists the next freezes, joined ones as one', () => {
    const next = nextFreezes(at('2026-08-06T12:00Z'), LONDON, BUSY, 2);
    assert.deepEqual(
      next.map(({ days }) => days.map(({ date }) => date)),
      [['2026-08-07', '2026-08-08'], ['2026-08-15']],
    );
    const within = nextFreezes(at('2026-08-07T12:00Z'), LONDON, BUSY, 1);
    assert.equal(within[0]?.days[0].date, '2026-08-15');
  });

  const zones = fc.constantFrom<TimeZone>('Europe/London', 'Europe/Dublin');
  const instants = fc.integer({ min: at('2025-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') });
  const times = fc.option(
    fc.tuple(fc.nat(23), fc.nat(59)).map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':')),
    { nil: undefined },
  );
  /** An instant, and a plan with busy days within two weeks of it. */
  const cases = fc
    .tuple(instants, zones, times, times, fc.array(fc.integer({ min: -14, max: 14 }), { maxLength: 6 }))
    .map(([now, zone, beginsDayBefore, endsDayAfter, offsets]) => ({
      now,
      zone,
      plan: {
        busyDays: new Map(offsets.map((offset) => [addDays(dateIn(zone, now), offset), 2])),
        beginsDayBefore,
        endsDayAfter,
      },
    }));

  it('holds at every instant of a Saturday or a busy day, whatever the hours', () => {
    fc.assert(
      fc.property(cases, ({ now, zone, plan }) => {
        const marked = weekday(now, zone) === 'Saturday' || plan.busyDays.has(dateIn(zone, now));
        const { frozen } = changeFreezeAt(now, zone, plan);
        assert.ok(frozen || !marked);
        if (plan.beginsDayBefore === undefined && plan.endsDayAfter === undefined) assert.equal(frozen, marked);
      }),
    );
  });

  it('is one and the same from its first to its last instant, and none beside it', () => {
    fc.assert(
      fc.property(cases, ({ now, zone, plan }) => {
        const freeze = changeFreezeAt(now, zone, plan);
        if (!freeze.frozen) return;
        assert.ok(freeze.from <= now && now < freeze.until);
        for (const inside of [freeze.from, freeze.until - 1]) {
          const again = changeFreezeAt(inside, zone, plan);
          assert.ok(again.frozen);
          assert.deepEqual([again.from, again.until, again.days], [freeze.from, freeze.until, freeze.days]);
        }
        for (const outside of [freeze.from - 1, freeze.until]) {
          assert.equal(changeFreezeAt(outside, zone, plan).frozen, false);
        }
      }),
    );
  });

  it('lies ahead in the order of time, with no other between', () => {
    fc.assert(
      fc.property(cases, ({ now, zone, plan }) => {
        const next = nextFreezes(now, zone, plan, 3);
        assert.equal(next.length, 3);
        let free = changeFreezeAt(now, zone, plan);
        let from = free.frozen ? free.until : now;
        for (const freeze of next) {
          assert.ok(freeze.from > now && freeze.from >= from);
          // Hour by hour, nothing is frozen before it.
          for (let instant = from; instant < freeze.from; instant += 3_600_000) {
            assert.equal(changeFreezeAt(instant, zone, plan).frozen, false);
          }
          free = changeFreezeAt(freeze.from, zone, plan);
          assert.ok(free.frozen);
          from = freeze.until;
        }
      }),
      { numRuns: 30 },
    );
  });
});
