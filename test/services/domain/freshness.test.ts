import assert from 'node:assert/strict';
import {
  addDays,
  answerLifetime,
  changesOf,
  dateIn,
  JITTER,
  lifetimeOf,
  movedLifetime,
  negativeLifetime,
  nextChange,
  shouldRefreshEarly,
  timeToLive,
  undisturbedTimeToLive,
  VENDOR_TYPES,
} from '@wedsync/domain';
import { fc } from '../../support/property.ts';

const NOON = Date.parse('2026-05-05T11:00:00Z');
const ZONE = 'Europe/London';
const HOUR = 3_600_000;
const middle = () => 0.5;

const draws = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const distances = fc.option(fc.integer({ min: -40, max: 40 }), { nil: undefined });
const someFacts = fc
  .record({
    vendorType: fc.constantFrom(...VENDOR_TYPES),
    milliseconds: fc.nat(86_400_000),
    wedding: distances,
    numbers: distances,
    balance: distances,
    change: fc.option(fc.integer({ min: -2 * HOUR, max: 48 * HOUR }), { nil: undefined }),
  })
  .map(({ vendorType, milliseconds, wedding, numbers, balance, change }) => {
    const now = NOON + milliseconds;
    const date = (days: number | undefined) => (days === undefined ? undefined : addDays(dateIn(ZONE, now), days));
    return {
      vendorType,
      zone: ZONE,
      now,
      weddingDate: date(wedding),
      finalNumbersDue: date(numbers),
      balanceDue: date(balance),
      changesAt: change === undefined ? [] : [now + change],
    } as const;
  });

describe("the dates that change a wedding's answers", () => {
  it('are the beginnings of its named days in the zone of the couple, in order', () => {
    const dates = { weddingDate: '2026-06-20', finalNumbersDue: '2026-06-06', balanceDue: '2026-03-01' };
    assert.deepEqual(
      changesOf(dates, 'Europe/Dublin').map((instant) => new Date(instant).toISOString()),
      ['2026-03-01T00:00:00.000Z', '2026-06-05T23:00:00.000Z', '2026-06-19T23:00:00.000Z'],
    );
    assert.deepEqual(changesOf({}, ZONE), []);
  });

  it('end a time to live, the next of them first', () => {
    const facts = { vendorType: 'venue', zone: ZONE, now: NOON, weddingDate: '2026-09-05' } as const;
    const twelveHours = 12 * 3600;
    assert.equal(timeToLive({ ...facts, finalNumbersDue: '2026-05-06' }), twelveHours);
    assert.equal(timeToLive({ ...facts, balanceDue: '2026-05-06', finalNumbersDue: '2026-05-07' }), twelveHours);
    assert.equal(timeToLive({ ...facts, balanceDue: '2026-05-05' }), timeToLive(facts));
  });
});

describe('the lifetime of an answer', () => {
  it('is fresh for the time to live give or take a tenth, then stale for half of it, then kept for twice of it', () => {
    const facts = { now: NOON, ttlSeconds: 3600, changeAt: Infinity };
    assert.deepEqual(lifetimeOf({ ...facts, random: middle }), {
      bornAt: NOON,
      freshUntil: NOON + HOUR,
      staleUntil: NOON + 1.5 * HOUR,
      goneAt: NOON + 3 * HOUR,
    });
    assert.equal(lifetimeOf({ ...facts, random: () => 0 }).freshUntil, NOON + 0.9 * HOUR);
  });

  it('is not kept for want of a better one for longer than a day', () => {
    const day = 86_400;
    const { freshUntil, goneAt } = lifetimeOf({ now: NOON, ttlSeconds: day, changeAt: Infinity, random: middle });
    assert.equal(goneAt - freshUntil, day * 1000);
  });

  it('has its instants in order and never passes a date that changes the answer, whatever the draw', () => {
    fc.assert(
      fc.property(someFacts, draws, (facts, draw) => {
        const { bornAt, freshUntil, staleUntil, goneAt } = answerLifetime(facts, () => draw);
        assert.ok(bornAt === facts.now && bornAt <= freshUntil && freshUntil <= staleUntil && staleUntil <= goneAt);
        assert.ok(goneAt <= nextChange(facts));
        const fresh = (freshUntil - bornAt) / 1000;
        assert.ok(fresh <= timeToLive(facts) * (1 + JITTER) + 0.001);
        assert.ok(fresh >= timeToLive(facts) * (1 - JITTER) - 0.001 || freshUntil === nextChange(facts));
      }),
    );
  });

  it('is no longer for a nearer wedding', () => {
    fc.assert(
      fc.property(someFacts, fc.nat(60), fc.nat(60), draws, (facts, one, other, draw) => {
        const [near, far] = [Math.min(one, other), Math.max(one, other)];
        const lasts = (days: number) => {
          const weddingDate = addDays(dateIn(ZONE, facts.now), days);
          const { freshUntil, goneAt } = answerLifetime({ ...facts, weddingDate }, () => draw);
          return [freshUntil, goneAt] as const;
        };
        // On the day itself the ceremony lies behind, and with it the date that cuts the lifetimes of the days before.
        fc.pre(near > 0);
        assert.ok(lasts(near)[0] <= lasts(far)[0] && lasts(near)[1] <= lasts(far)[1]);
      }),
    );
  });

  it('lasts its time to live in the mean, so that jitter neither lengthens nor shortens lives', () => {
    const draws = Array.from({ length: 1001 }, (_, step) => step / 1001 + 1 / 2002);
    const total = draws.reduce((sum, draw) => {
      const life = lifetimeOf({ now: 0, ttlSeconds: 3600, changeAt: Infinity, random: () => draw });
      return sum + life.freshUntil;
    }, 0);
    assert.ok(Math.abs(total / draws.length - HOUR) < 1);
  });

  it('is a minute for a definite "no", without a stale time, and not past a change', () => {
    const until = NOON + 60_000;
    assert.deepEqual(negativeLifetime(NOON, Infinity), {
      bornAt: NOON,
      freshUntil: until,
      staleUntil: until,
      goneAt: until,
    });
    assert.equal(negativeLifetime(NOON, NOON + 5).goneAt, NOON + 5);
  });
});

describe('the lifetime of an answer whose wedding moves', () => {
  const facts = { vendorType: 'caterer', zone: ZONE, now: NOON } as const;

  it('is what it would have been with the new date', () => {
    const born = NOON - HOUR;
    const moved = movedLifetime({ bornAt: born }, { ...facts, weddingDate: '2026-05-10' }, middle);
    assert.equal(moved?.freshUntil, born + 3 * HOUR);
    const farther = movedLifetime({ bornAt: born }, { ...facts, weddingDate: '2026-09-05' }, middle);
    assert.equal(farther?.freshUntil, born + 6 * HOUR);
  });

  it('is over when the new date began since the answer was given, or when it is too old for it', () => {
    const yesterday = { bornAt: NOON - 14 * HOUR };
    assert.equal(movedLifetime(yesterday, { ...facts, weddingDate: '2026-05-05' }, middle), undefined);
    assert.equal(
      movedLifetime({ bornAt: NOON - 10 * HOUR }, { ...facts, weddingDate: '2026-05-06' }, middle),
      undefined,
    );
  });

  it('never exceeds that of an answer born then or now, and is never in the past', () => {
    fc.assert(
      fc.property(someFacts, fc.nat(72 * HOUR), fc.integer({ min: -40, max: 40 }), draws, (some, age, days, draw) => {
        const bornAt = some.now - age;
        const moving = { ...some, weddingDate: addDays(dateIn(ZONE, some.now), days) };
        const moved = movedLifetime({ bornAt }, moving, () => draw);
        if (moved === undefined) return;
        const atBirth = { ...moving, now: bornAt };
        const longest = Math.min(undisturbedTimeToLive(atBirth), undisturbedTimeToLive(moving)) * 1000 * (1 + JITTER);
        assert.ok(moved.bornAt === bornAt && moved.goneAt > some.now && moved.goneAt <= nextChange(atBirth));
        assert.ok(moved.freshUntil - bornAt <= longest + 1);
      }),
    );
  });
});

describe('the early refresh', () => {
  const at = (beforeExpiry: number, draw: number, originMilliseconds = 2000) =>
    shouldRefreshEarly({ now: NOON - beforeExpiry, freshUntil: NOON, originMilliseconds, random: () => draw });

  it('is sure once the answer is no longer fresh', () => {
    assert.ok(at(0, 0) && at(-1, 0));
  });

  it('is likelier the nearer the expiry, and the longer the origin takes', () => {
    fc.assert(
      fc.property(fc.nat(60_000), fc.nat(60_000), fc.nat(30_000), draws, (one, other, origin, draw) => {
        const [near, far] = [Math.min(one, other), Math.max(one, other)];
        assert.ok(!at(far, draw, origin) || at(near, draw, origin));
        assert.ok(!at(near, draw, origin) || at(near, draw, origin + 500));
      }),
    );
  });

  it('falls with the chance of the paper, e to the power of −time left ÷ (origin × beta)', () => {
    const evenly = Array.from({ length: 10_000 }, (_, step) => (step + 0.5) / 10_000);
    const share = evenly.filter((draw) => at(2000, draw)).length / evenly.length;
    assert.ok(Math.abs(share - Math.exp(-1)) < 0.001);
    assert.equal(at(100_000, 0.5), false);
  });
});
