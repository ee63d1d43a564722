import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import {
  addDays,
  averageDay,
  BUSY_TIMES_AVERAGE,
  busyDays,
  estimatedWeddings,
  isSaturday,
  parseBookings,
  REGION_NAMES,
  WEDDINGS_A_YEAR,
} from '@wedsync/domain';

const CALENDAR = {
  region: 'uk-south',
  asOf: '2026-11-25',
  source: 'a test',
  first: '2027-01-01',
  last: '2027-12-31',
  weddingsAYear: 36_525,
  expectedWeddings: { '2027-05-30': 201, '2027-05-31': 200, '2027-06-01': 202 },
};
const parsed = (changes: object) => parseBookings({ ...CALENDAR, ...changes }, 'uk-south');

describe('the bookings calendar', () => {
  it('marks the days that reach a multiple of an average day', () => {
    const calendar = parseBookings(CALENDAR, 'uk-south');
    assert.deepEqual([...busyDays(calendar).keys()], ['2027-05-30', '2027-06-01']);
    assert.deepEqual([...busyDays(calendar, 2.01)], [['2027-06-01', 202 / averageDay(36_525)]]);
    assert.deepEqual([...busyDays(calendar, 3)], []);
  });

  for (const [title, changes, says] of [
    ['another region', { region: 'eu-west' }, 'region is "eu-west". Allowed: "uk-south".'],
    ['no source', { source: ' ' }, 'source is " ". Allowed: where the figures come from.'],
    ['a day that is none', { asOf: '2026-02-30' }, 'asOf is "2026-02-30". Allowed: a date such as 2027-08-06.'],
    [
      'an end before its beginning',
      { last: '2026-12-31' },
      'last is "2026-12-31". Allowed: a date from 2027-01-01 on.',
    ],
    ['no weddings in a year', { weddingsAYear: 0 }, 'weddingsAYear is 0. Allowed: a number above 0.'],
    ['no days', { expectedWeddings: undefined }, 'expectedWeddings is missing. Allowed: an object.'],
    [
      'a day outside its time',
      { expectedWeddings: { '2028-01-01': 1 } },
      'a day of expectedWeddings is "2028-01-01". Allowed: dates from 2027-01-01 to 2027-12-31.',
    ],
    [
      'half a wedding',
      { expectedWeddings: { '2027-05-30': 1.5 } },
      'expectedWeddings["2027-05-30"] is 1.5. Allowed: a whole number from 0.',
    ],
  ] as const) {
    it(`is refused with ${title}`, () => assert.throws(() => parsed(changes), { message: says }));
  }

  for (const region of REGION_NAMES) {
    it(`of ${region} makes sense as it stands, and holds the domain's figures where it is an estimate`, async () => {
      const file = new URL(`../../../config/bookings/${region}.json`, import.meta.url);
      const calendar = parseBookings(JSON.parse(await readFile(file, 'utf8')), region);
      if (!calendar.source.startsWith('An estimate')) return;
      assert.equal(calendar.weddingsAYear, WEDDINGS_A_YEAR);
      for (const [date, weddings] of Object.entries(calendar.expectedWeddings))
        assert.equal(weddings, estimatedWeddings(date), date);
      assert.deepEqual([...busyDays(calendar).keys()], estimatedBusyDays(calendar.first, calendar.last));
    });
  }
});

/** The days beside Saturdays that the estimate takes for busy. */
function estimatedBusyDays(first: string, last: string): string[] {
  const found: string[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) {
    const times = (estimatedWeddings(date) ?? 0) / averageDay(WEDDINGS_A_YEAR);
    if (!isSaturday(date) && times >= BUSY_TIMES_AVERAGE) found.push(date);
  }
  return found;
}

describe('the estimate of weddings', () => {
  it('gives back the share of the month and of the weekday', () => {
    // 28 days from a first of August on hold each weekday four times.
    const days = Array.from({ length: 28 }, (_, day) => estimatedWeddings(addDays('2027-08-01', day)) ?? NaN);
    const sum = days.reduce((total, weddings) => total + weddings, 0);
    // The published shares of weekdays add up to 99.7 %.
    assert.ok(Math.abs(sum / (WEDDINGS_A_YEAR * 0.157 * (28 / 31)) - 0.997) < 0.001, String(sum));
  });

  it('says nothing of months whose share is not known', () => {
    assert.equal(estimatedWeddings('2027-05-29'), undefined);
  });

  it('is above an average day on a Friday of the season, and far below on a Tuesday', () => {
    const average = averageDay(WEDDINGS_A_YEAR);
    assert.ok((estimatedWeddings('2027-08-06') ?? 0) > 2 * average);
    assert.ok((estimatedWeddings('2027-07-02') ?? Infinity) < 2 * average);
    assert.ok((estimatedWeddings('2027-08-03') ?? Infinity) < average / 2);
  });

  it('takes the Fridays of August for busy, and no other day but Saturdays', () => {
    const days = estimatedBusyDays('2027-01-01', '2027-12-31');
    assert.deepEqual(days, ['2027-08-06', '2027-08-13', '2027-08-20', '2027-08-27']);
  });
});
