import assert from 'node:assert/strict';
import { changeFreezeAt, isSaturday, startOfDate, type TimeZone } from '@wedsync/domain';
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
