import assert from 'node:assert/strict';
import { addDays } from '@wedsync/domain';
import { ended, monthPeriod, type Period, saturdayPeriod } from '../../../services/sla-report/src/period.ts';
import { fc } from '../../support/property.ts';

const HOUR = 3_600_000;
const hours = ({ from, until }: Pick<Period, 'from' | 'until'>) => (until - from) / HOUR;
const iso = (instant: number) => new Date(instant).toISOString();

describe('The period of a report', () => {
  it('is a month by the region’s clocks', () => {
    const october = monthPeriod('uk-south', '2026-10');
    assert.equal(iso(october.from), '2026-09-30T23:00:00.000Z');
    assert.equal(iso(october.until), '2026-11-01T00:00:00.000Z');
    assert.equal(hours(october), 31 * 24 + 1);
  });

  it('has a day of 25 hours when summer time ends, and one of 23 when it begins', () => {
    const lengths = (month: string) =>
      monthPeriod('eu-west', month)
        .days.map((day) => [day.date, hours(day)] as const)
        .filter(([, length]) => length !== 24);
    assert.deepEqual(lengths('2026-10'), [['2026-10-25', 25]]);
    assert.deepEqual(lengths('2026-03'), [['2026-03-29', 23]]);
  });

  it('begins with its Saturday when it begins on one', () => {
    assert.equal(monthPeriod('uk-south', '2026-08').days[0]?.date, '2026-08-01');
    assert.equal(iso(monthPeriod('uk-south', '2026-08').from), iso(saturdayPeriod('uk-south', '2026-08-01').from));
  });

  it('is a Saturday until Sunday 04:00, longer or shorter in a night in which the clocks change', () => {
    assert.equal(hours(saturdayPeriod('uk-south', '2026-10-17')), 28);
    assert.equal(hours(saturdayPeriod('uk-south', '2026-10-24')), 29);
    assert.equal(hours(saturdayPeriod('uk-south', '2026-03-28')), 27);
    const { days } = saturdayPeriod('uk-south', '2026-10-24');
    assert.deepEqual(
      days.map((day) => [day.date, hours(day)]),
      [
        ['2026-10-24', 24],
        ['2026-10-25', 5],
      ],
    );
  });

  it('has days without gaps, from its begin to its end', () => {
    const months = fc.record({ year: fc.integer({ min: 2020, max: 2040 }), month: fc.integer({ min: 1, max: 12 }) });
    fc.assert(
      fc.property(months, ({ year, month }) => {
        const { days, from, until } = monthPeriod('eu-west', `${year}-${String(month).padStart(2, '0')}`);
        assert.deepEqual([days[0]?.from, days.at(-1)?.until], [from, until]);
        for (const [index, day] of days.entries()) {
          assert.equal(day.until, days[index + 1]?.from ?? until);
          assert.equal(days[index + 1]?.date ?? addDays(day.date, 1), addDays(day.date, 1));
          assert.equal((day.until - day.from) % (5 * 60_000), 0);
        }
      }),
    );
  });

  it('must be over, unless what there is of it will do', () => {
    const october = monthPeriod('uk-south', '2026-10');
    const now = Date.parse('2026-10-20T10:03:00Z');
    assert.equal(ended(october, october.until, false), october);
    assert.throws(
      () => ended(october, now, false),
      /October 2026 is over on Sunday 1 November 2026 00:00 GMT.*--so-far/,
    );
    const soFar = ended(october, now, true);
    assert.deepEqual([iso(soFar.until), soFar.complete], ['2026-10-20T10:00:00.000Z', false]);
    assert.equal(soFar.days.at(-1)?.date, '2026-10-20');
    assert.throws(() => ended(october, october.from, true), /has not begun/);
  });

  it('refuses what is no month and no Saturday', () => {
    for (const month of ['2026-13', '2026', 'October', '2026-1'])
      assert.throws(() => monthPeriod('uk-south', month), /is no month/);
    assert.throws(() => saturdayPeriod('uk-south', '2026-10-18'), /Sunday 18 October 2026 is no Saturday/);
    assert.throws(() => saturdayPeriod('uk-south', '2026-02-30'), /is no date/);
  });
});
