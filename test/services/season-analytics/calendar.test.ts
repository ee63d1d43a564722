import assert from 'node:assert/strict';
import { dateOf, dayOf, shareOfYear, weekdayOf } from '../../../services/season-analytics/src/calendar/day.ts';
import { easterSunday, holidayOf } from '../../../services/season-analytics/src/calendar/holidays.ts';
import {
  isoWeekOf,
  sameWeekdayYearsAgo,
  weeksOf,
} from '../../../services/season-analytics/src/calendar/week-of-last-year.ts';
import { hoursOfDay } from '../../../services/season-analytics/src/history/hours.ts';
import { fc } from '../../support/property.ts';

const lastYear = (date: string, years = 1) => dateOf(sameWeekdayYearsAgo(dayOf(date), years));
const anyDay = fc.integer({ min: dayOf('2000-01-01'), max: dayOf('2099-12-31') });

describe('the calendar of a forecast', () => {
  it('knows the weeks of ISO 8601 where years meet', () => {
    const week = (date: string) => {
      const { year, week } = isoWeekOf(dayOf(date));
      return [year, week];
    };
    assert.deepEqual(week('2021-01-03'), [2020, 53]);
    assert.deepEqual(week('2024-12-30'), [2025, 1]);
    assert.deepEqual(week('2026-12-31'), [2026, 53]);
    assert.deepEqual([2019, 2020, 2026, 2027].map(weeksOf), [52, 53, 53, 52]);
  });

  it('takes week 53 of a year for week 52 of one that has no more', () => {
    assert.equal(lastYear('2027-01-02'), '2025-12-27');
    assert.equal(lastYear('2020-12-31'), '2019-12-26');
  });

  it('has no need of a rule for 29 February: the weekday of the week counts', () => {
    assert.equal(lastYear('2028-02-29'), '2027-03-02');
    assert.equal(lastYear('2029-02-27'), '2028-02-29');
    assert.equal(lastYear('2024-02-29', 4), '2020-02-27');
  });

  it('never changes a weekday, and never goes farther back than 371 days', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const before = sameWeekdayYearsAgo(day);
        assert.equal(weekdayOf(before), weekdayOf(day));
        assert.ok(day - before >= 364 && day - before <= 371, `${dateOf(day)}: ${day - before} days`);
      }),
    );
  });

  it('goes from a date to a day and back, weekdays in step with the week', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        assert.equal(dayOf(dateOf(day)), day);
        assert.equal(weekdayOf(day), new Date(`${dateOf(day)}T00:00:00Z`).getUTCDay() || 7);
      }),
    );
  });

  it('has the same season on 1 March and 31 December, leap year or not, but for less than a day', () => {
    for (const date of ['03-01', '07-01', '12-31']) {
      const [leap, other] = [shareOfYear(dayOf(`2028-${date}`)), shareOfYear(dayOf(`2027-${date}`))];
      assert.ok(Math.abs(leap - other) < 1 / 365, date);
    }
  });

  it('finds Easter, the moving Mondays and the Sunday before', () => {
    const easters = ['2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2038-04-25'];
    assert.deepEqual(
      easters.map((date) => dateOf(easterSunday(Number(date.slice(0, 4))))),
      easters,
    );
    const of = (date: string) => holidayOf(dayOf(date));
    assert.deepEqual(['2026-04-03', '2026-04-06', '2026-04-07'].map(of), ['easter', 'easter', undefined]);
    assert.deepEqual(['2026-05-04', '2026-05-25', '2026-08-31'].map(of), [
      'bank-holiday',
      'bank-holiday',
      'bank-holiday',
    ]);
    assert.deepEqual(['2026-05-03', '2026-08-30', '2026-05-11'].map(of), [
      'bank-holiday-eve',
      'bank-holiday-eve',
      undefined,
    ]);
    assert.deepEqual(['2026-12-25', '2027-01-01', '2026-12-28'].map(of), ['christmas', 'new-year', undefined]);
  });

  it('gives 23 hours to the day on which summer time begins and 25 to the one on which it ends', () => {
    const hours = ['2026-03-28', '2026-03-29', '2026-10-25'].map((date) => hoursOfDay(date, 'Europe/London'));
    assert.deepEqual(hours, [24, 23, 25]);
    assert.equal(hoursOfDay('2026-10-25', 'Europe/Dublin'), 25);
  });
});
