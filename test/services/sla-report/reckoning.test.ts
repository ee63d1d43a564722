import assert from 'node:assert/strict';
import { incidentsOf } from '../../../services/sla-report/src/reckoning/incidents.ts';
import type { Exclusion } from '../../../services/sla-report/src/reckoning/exclusions.ts';
import { standing, VERDICTS } from '../../../services/sla-report/src/reckoning/standing.ts';
import { NOTHING, plus, tally } from '../../../services/sla-report/src/reckoning/tally.ts';
import type { Window } from '../../../services/sla-report/src/reckoning/windows.ts';
import { fc } from '../../support/property.ts';

const FIVE = 5 * 60_000;
const TARGET = 0.95;

type Minutes = { state: 'measured'; requests: number; bad: number } | { state: 'unknown' | 'not-promised' };
const good: Minutes = { state: 'measured', requests: 1000, bad: 1 };
const burning: Minutes = { state: 'measured', requests: 1000, bad: 400 };
const unknown: Minutes = { state: 'unknown' };
const idle: Minutes = { state: 'not-promised' };
const inOrder = (all: readonly Minutes[]): Window[] => all.map((one, index) => ({ ...one, begins: index * FIVE }));

const anyWindow = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.nat(5000), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([requests, share]): Minutes => ({ state: 'measured', requests, bad: requests * share })),
  },
  fc.constantFrom(unknown, idle),
);
const anyWindows = fc.array(anyWindow, { maxLength: 60 }).map(inOrder);
const anyExclusions = fc.array(
  fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 20 })).map(([begin, length]): Exclusion => ({
    from: begin * FIVE - 60_000,
    until: (begin + length) * FIVE,
    reason: 'agreed',
    approvedBy: 'operations',
  })),
  { maxLength: 4 },
);
const anyTarget = fc.constantFrom(0.9998, 0.9995, 0.95, 0.5);

describe('Counting windows', () => {
  it('gives for a whole what its parts give together', () => {
    fc.assert(
      fc.property(anyWindows, anyExclusions, fc.nat(60), (windows, exclusions, cut) => {
        const [one, other] = [windows.slice(0, cut), windows.slice(cut)];
        const together = plus(tally(one, TARGET, exclusions), tally(other, TARGET, exclusions));
        for (const [name, value] of Object.entries(tally(windows, TARGET, exclusions)))
          assert.ok(Math.abs(value - together[name as keyof typeof together]) < 1e-6, name);
      }),
    );
  });

  it('never finds more failed requests than requests, nor more of the minutes than were promised', () => {
    fc.assert(
      fc.property(anyWindows, anyExclusions, anyTarget, (windows, exclusions, target) => {
        const counts = tally(windows, target, exclusions);
        assert.ok(counts.bad <= counts.requests);
        assert.ok(counts.measuredMinutes + counts.unknownMinutes <= counts.promisedMinutes);
        assert.ok(counts.minutesBelowTarget <= counts.measuredMinutes);
      }),
    );
  });

  it('lets an exclusion make nothing worse', () => {
    fc.assert(
      fc.property(anyWindows, anyExclusions, anyTarget, (windows, exclusions, target) => {
        const [without, with_] = [tally(windows, target), tally(windows, target, exclusions)];
        const [strict, kind] = [standing(without, target), standing(with_, target)];
        assert.ok(kind.budgetLeft >= strict.budgetLeft - 1e-9);
        assert.ok((kind.share ?? 1) >= (strict.share ?? 0) - 1e-12);
        assert.ok(with_.minutesBelowTarget <= without.minutesBelowTarget);
        assert.ok(with_.unknownMinutes <= without.unknownMinutes);
        assert.ok(VERDICTS.indexOf(kind.verdict) <= VERDICTS.indexOf(strict.verdict));
      }),
    );
  });

  it('leaves the whole budget when nothing failed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5000)), anyTarget, (requests, target) => {
        const windows = inOrder(requests.map((count) => ({ state: 'measured', requests: count, bad: 0 })));
        assert.equal(standing(tally(windows, target), target).budgetLeft, 1);
      }),
    );
  });

  it('counts a window that an exclusion covers in part', () => {
    const exclusion = { from: 1, until: 2 * FIVE, reason: 'agreed', approvedBy: 'operations' };
    const { bad, requests, excludedMinutes } = tally(inOrder([burning, burning]), TARGET, [exclusion]);
    assert.deepEqual({ bad, requests, excludedMinutes }, { bad: 400, requests: 1600, excludedMinutes: 5 });
  });
});

describe('The verdict on a promise', () => {
  const verdict = (all: readonly Minutes[], target = TARGET) => standing(tally(inOrder(all), target), target).verdict;

  it('is kept, broken, or not asked for', () => {
    assert.equal(verdict([good, good]), 'kept');
    assert.equal(verdict([good, burning]), 'broken');
    assert.equal(verdict([idle]), 'not-promised');
    assert.equal(standing(NOTHING, TARGET).share, null);
  });

  it('is unproven where the unknown time could have broken it, and kept where it could not', () => {
    assert.equal(verdict([good, good, unknown]), 'unproven');
    assert.equal(verdict([...Array<Minutes>(40).fill(good), unknown]), 'kept');
    assert.equal(verdict([unknown]), 'unproven');
    assert.equal(verdict([burning, unknown]), 'broken');
  });
});

describe('Incidents', () => {
  const spans = (all: readonly Minutes[], exclusions: readonly Exclusion[] = []) =>
    incidentsOf(inOrder(all), TARGET, exclusions).map(({ from, until }) => [from / FIVE, until / FIVE]);

  it('are consecutive windows that burn fast, merged over ten minutes and not over more', () => {
    assert.deepEqual(spans([good, burning, burning, good]), [[1, 3]]);
    assert.deepEqual(spans([burning, good, good, burning, good]), [[0, 4]]);
    assert.deepEqual(spans([burning, good, good, good, burning]), [
      [0, 1],
      [4, 5],
    ]);
    assert.deepEqual(spans([good, { state: 'measured', requests: 1000, bad: 299 }]), []);
  });

  it('are none in a quiet night’s few unlucky requests', () => {
    assert.deepEqual(spans([{ state: 'measured', requests: 4, bad: 4 }]), []);
    assert.deepEqual(spans([{ state: 'measured', requests: 5, bad: 5 }]), [[0, 1]]);
  });

  it('say what of them is unknown, end where nothing is promised, and are still there when the period ends', () => {
    const [one, ...more] = incidentsOf(inOrder([burning, unknown, burning]), TARGET);
    assert.deepEqual([one?.unknownMinutes, one?.bad, one?.worstRatio, more.length], [5, 800, 0.4, 0]);
    assert.deepEqual(spans([burning, idle, burning]), [
      [0, 1],
      [2, 3],
    ]);
  });

  it('name the exclusions that cover them, and are not left out for them', () => {
    const exclusion = { from: 0, until: FIVE, reason: 'agreed', approvedBy: 'operations' };
    assert.deepEqual(incidentsOf(inOrder([burning, burning]), TARGET, [exclusion])[0]?.exclusions, [exclusion]);
  });

  it('lie apart, in order, and hold every window that burns with enough failed requests', () => {
    fc.assert(
      fc.property(anyWindows, (windows) => {
        const found = incidentsOf(windows, TARGET);
        for (const [index, { from, until }] of found.entries()) {
          assert.ok(from < until);
          assert.ok((found[index + 1]?.from ?? Infinity) > until);
        }
        for (const window of windows) {
          if (window.state !== 'measured' || window.bad < 5 || window.bad <= 6 * (1 - TARGET) * window.requests)
            continue;
          assert.ok(found.some(({ from, until }) => from <= window.begins && window.begins < until));
        }
      }),
    );
  });
});
