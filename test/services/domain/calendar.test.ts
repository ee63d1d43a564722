import assert from 'node:assert/strict';
import { addDays, daysBetween, describeInstant, isWeddingDate, parseInstant } from '@wedsync/domain';
import { fc } from '../../support/property.ts';

const dates = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('calendar dates', () => {
  it('accepts real dates from 2000 to 2099 and nothing else', () => {
    for (const date of ['2026-06-14', '2000-01-01', '2099-12-31', '2028-02-29'])
      assert.equal(isWeddingDate(date), true, date);
    for (const text of [
      '1026-06-14',
      '14/06/2026',
      '2026-02-29',
      '2026-13-01',
      '2026-6-4',
      '20226-06-14',
      '',
      '2026-06-14T12:00',
    ])
      assert.equal(isWeddingDate(text), false, text);
  });

  it('adds days and counts them back', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -4000, max: 4000 }), (date, days) => {
        assert.equal(daysBetween(date, addDays(date, days)), days);
        assert.equal(addDays(addDays(date, days), -days), date);
      }),
    );
  });

  it('reads a time without an offset on the clock of the zone', () => {
    assert.equal(parseInstant('2026-07-03T18:00', 'Europe/London'), Date.parse('2026-07-03T17:00:00Z'));
    assert.equal(parseInstant('2026-07-03T18:00Z', 'Europe/London'), Date.parse('2026-07-03T18:00:00Z'));
    assert.equal(parseInstant('Friday at six', 'Europe/London'), undefined);
  });

  it('names an instant as a person on the spot would', () => {
    assert.equal(
      describeInstant(Date.parse('2026-07-03T23:30:00Z'), 'Europe/London'),
      'Saturday 4 July 2026 00:30 BST',
    );
  });
});
