import assert from 'node:assert/strict';
import { engineBounds, redisMemoryMiB, type Season, seasonAt, seasonOfMonth, SEASONS } from '@wedsync/domain';
import { fc } from '../../support/property.ts';

describe('seasons', () => {
  it('give every month its season', () => {
    const months = Array.from({ length: 12 }, (_, index) => seasonOfMonth(index + 1));
    assert.deepEqual(months.slice(0, 3), ['pre-season', 'pre-season', 'pre-season']);
    assert.deepEqual(new Set(months.slice(3, 10)), new Set(['peak']));
    assert.deepEqual(months.slice(10), ['off-season', 'off-season']);
  });

  it('change at midnight of the region, not of UTC', () => {
    assert.equal(seasonAt(Date.parse('2026-03-31T22:59:59Z'), 'Europe/London'), 'pre-season');
    assert.equal(seasonAt(Date.parse('2026-03-31T23:00:00Z'), 'Europe/London'), 'peak');
  });
});

describe('scaling by season', () => {
  const table: Record<Season, [number, number]> = { peak: [25, 200], 'pre-season': [15, 100], 'off-season': [10, 50] };
  for (const season of SEASONS) {
    it(`gives uk-south ${table[season].join(' to ')} engines in the ${season} season`, () => {
      const [minimum, maximum] = table[season];
      assert.deepEqual(engineBounds({ minimum: 10, maximum: 200 }, season), { minimum, maximum });
    });
  }

  it('keeps the bounds in order, and the peak above the rest, for any region', () => {
    const region = fc.tuple(fc.integer({ min: 2, max: 50 }), fc.integer({ min: 10, max: 40 }));
    fc.assert(
      fc.property(region, fc.constantFrom(...SEASONS), ([minimum, times], season) => {
        const bounds = engineBounds({ minimum, maximum: minimum * times }, season);
        const peak = engineBounds({ minimum, maximum: minimum * times }, 'peak');
        assert.ok(bounds.minimum >= minimum && bounds.minimum <= bounds.maximum);
        assert.ok(bounds.minimum <= peak.minimum && bounds.maximum <= peak.maximum);
      }),
    );
  });

  it('gives Redis its full memory in the peak, two thirds before and half after', () => {
    assert.deepEqual(
      SEASONS.map((season) => redisMemoryMiB(48, season)),
      [48 * 1024, 32 * 1024, 24 * 1024],
    );
  });
});
