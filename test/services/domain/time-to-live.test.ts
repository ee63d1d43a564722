import assert from 'node:assert/strict';
import { addDays, dateIn, startOfDate, timeToLive, VENDOR_TYPES, vendorProfile } from '@wedsync/domain';
import { fc } from '../../support/property.ts';

const NOON = Date.parse('2026-05-05T11:00:00Z');
const ZONE = 'Europe/London';
const HOUR = 3600;

describe('times to live', () => {
  it('are base ÷ volatility when no wedding is near', () => {
    assert.equal(timeToLive({ vendorType: 'caterer', zone: ZONE, now: NOON }), 6 * HOUR);
    assert.equal(
      timeToLive({ vendorType: 'venue', zone: ZONE, now: NOON, weddingDate: '2026-09-05' }),
      Math.floor((24 * HOUR) / 0.7),
    );
    assert.equal(
      timeToLive({ vendorType: 'photographer', zone: ZONE, now: NOON, weddingDate: '2026-09-05' }),
      Math.floor((2 * HOUR) / 1.4),
    );
  });

  it('halve within a week of the wedding and quarter within a day', () => {
    const ttl = (days: number) =>
      timeToLive({ vendorType: 'photographer', zone: ZONE, now: NOON, weddingDate: addDays('2026-05-05', days) });
    const full = (2 * HOUR) / 1.4;
    assert.deepEqual([8, 7, 2, 1].map(ttl), [full, full / 2, full / 2, full / 4].map(Math.floor));
    assert.deepEqual([0, -1, -2, -8].map(ttl), [full / 4, full / 4, full / 2, full].map(Math.floor));
  });

  it('end when the wedding day begins', () => {
    const eve = Date.parse('2026-06-19T22:00:00Z');
    assert.equal(timeToLive({ vendorType: 'venue', zone: ZONE, now: eve, weddingDate: '2026-06-20' }), HOUR);
  });

  it('end at the next date that changes the answer, and forget those that have passed', () => {
    const facts = { vendorType: 'caterer', zone: ZONE, now: NOON } as const;
    assert.equal(timeToLive({ ...facts, changesAt: [NOON - 1, NOON + 90_000] }), 90);
  });

  it('are whole seconds, at least one, never past the wedding day, for any vendor and date', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...VENDOR_TYPES),
        fc.integer({ min: -400, max: 400 }),
        fc.nat(86_400_000),
        (vendorType, days, ms) => {
          const now = NOON + ms;
          const weddingDate = addDays(dateIn(ZONE, now), days);
          const ttl = timeToLive({ vendorType, zone: ZONE, now, weddingDate });
          const { baseTimeToLive, volatility } = vendorProfile(vendorType);
          assert.ok(Number.isInteger(ttl) && ttl >= 1 && ttl <= baseTimeToLive / volatility);
          const begins = startOfDate(ZONE, weddingDate);
          if (begins - now >= 1000) assert.ok(now + ttl * 1000 <= begins);
        },
      ),
    );
  });
});
