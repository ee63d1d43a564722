import assert from 'node:assert/strict';
import { REGION_NAMES, regionCapacity, type RegionName, SEASONS } from '@wedsync/domain';
import {
  type DayDemand,
  demandOf,
  enginesFor,
  type ForecastDay,
  lose,
  planSeasons,
  profileOf,
  recommend,
  type RegionDemand,
  seasonDemand,
  suppose,
  takersOf,
} from '@wedsync/season-analytics';
import { dateOf, dayOf, isSaturdayDate } from '../../../services/season-analytics/src/calendar/day.ts';
import { fc } from '../../support/property.ts';
import { figures, history, UNITS } from './support.ts';

/** A year of days from 1 November on, each asking the same, Saturdays `saturday` times as much. */
function demand(region: RegionName, hour: number, saturday = 2, hitRate = 0.95): RegionDemand {
  const days = Array.from({ length: 365 }, (_, index): DayDemand => {
    const date = dateOf(dayOf('2026-11-01') + index);
    const asked = hour * (isSaturdayDate(date) ? saturday : 1);
    return { date, hour: asked, highHour: 1.5 * asked, queries: 12 * asked };
  });
  return { region, days, hitRate };
}

const total = (demands: readonly RegionDemand[]) =>
  demands.flatMap(({ days }) => days).reduce((sum, { queries }) => sum + queries, 0);
const anyHour = fc.double({ min: 1, max: 1e8, noNaN: true });
const anyShare = fc.double({ min: 0, max: 3, noNaN: true });
const anyRegion = fc.constantFrom(...REGION_NAMES);

/** Engines, memory, shards and workers of every season. */
const needs = (of: RegionDemand) =>
  planSeasons(of, figures(of.region), UNITS).flatMap(({ engines, redis, workers }) => [
    engines.engines,
    redis.memoryGiB,
    redis.shards,
    workers.count,
  ]);
const noneLess = (one: readonly number[], other: readonly number[]) =>
  other.every((value, index) => value >= (one[index] ?? NaN) - 1e-9 * value);

describe('a demand', () => {
  it('takes the busiest hour and the hit rate from the last year, and what that does not know from what is assumed', () => {
    const assumed = { hitRate: 0.5, peakHourShare: { saturday: 0.5, other: 0.5 } };
    const { hitRate, peakHourShare } = profileOf(history(), assumed);
    assert.ok(Math.abs(hitRate - 0.95) < 0.002);
    assert.deepEqual(peakHourShare, { saturday: Number((3 / 26).toFixed(4)), other: Number((4 / 27).toFixed(4)) });
    const bare = history();
    const days = bare.days.map(({ date, queries }) => ({ date, queries }));
    assert.deepEqual(profileOf({ ...bare, days }, assumed), assumed);
  });

  it('is that of the hours which a season is planned by', () => {
    const day = (date: string, expected: number, high: number): ForecastDay => ({
      ...{ date, expected, seasonalNaive: undefined },
      intervals: { 0.8: { low: 0, high: expected }, 0.95: { low: 0, high } },
    });
    const days = [
      day('2027-04-03', 1000, 2000),
      day('2027-04-05', 100, 9000),
      day('2027-04-06', 300, 400),
      day('2027-11-06', 10, 20),
    ];
    const forecast = {
      series: '',
      lastKnown: '',
      tuning: { halfLifeYears: 1, trendKept: 1, levelFollowed: 1 },
      growth: 0,
      trials: { first: '', last: '' },
      triedAhead: 0,
      days,
    };
    const of = demandOf('uk-south', forecast, { hitRate: 0.9, peakHourShare: { saturday: 0.1, other: 0.2 } });
    const peak = seasonDemand(of, 'peak');
    assert.deepEqual(peak && [peak.days, peak.ordinaryHour, peak.saturday, peak.busiest], [
      3,
      40,
      { date: '2027-04-03', hour: 100, highHour: 200, queries: 1000 },
      { date: '2027-04-05', hour: 20, highHour: 1800, queries: 100 },
    ]);
    assert.equal(seasonDemand(of, 'off-season'), undefined);
  });
});

describe('engines for an hour', () => {
  it('are those that its hits keep busy, or those in which its misses wait, with a spare part', () => {
    // 0.25 cores × 2,000 × 50 % = 250 a second; 16 under way each.
    assert.deepEqual(enginesFor(250 * 3600 * 4, 1, UNITS, 1), { engines: 4, by: 'CPU' });
    assert.deepEqual(enginesFor(250 * 3600 * 4, 0.5, UNITS, 1), {
      engines: Math.ceil((1000 * 0.5 * 2) / 16),
      by: 'requests under way',
    });
    assert.equal(enginesFor(250 * 3600 * 4, 1, UNITS, 3 / 2).engines, 6);
  });
});

describe('what-if', () => {
  it('asks for nothing less of anything when more is asked or less is answered from the cache', () => {
    fc.assert(
      fc.property(
        anyRegion,
        anyHour,
        anyShare,
        anyShare,
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
        (region, hour, less, more, rates) => {
          const of = [demand(region, hour)];
          const [low, high] = [Math.min(less, more), Math.max(less, more)];
          const needsOf = (whatIf: Parameters<typeof suppose>[1]) =>
            needs(suppose(of, whatIf).demands[0] ?? demand(region, 0));
          assert.ok(noneLess(needsOf({ saturdays: low }), needsOf({ saturdays: high })));
          assert.ok(noneLess(needsOf({ growth: low }), needsOf({ growth: high })));
          assert.ok(noneLess(needsOf({ hitRate: Math.max(...rates) }), needsOf({ hitRate: Math.min(...rates) })));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('changes Saturdays only, or every day', () => {
    const of = [demand('uk-south', 100)];
    const day = (date: string, whatIf: Parameters<typeof suppose>[1]) =>
      suppose(of, whatIf).demands[0]?.days.find((one) => one.date === date)?.hour;
    assert.deepEqual([day('2027-04-17', { saturdays: 0.2 }), day('2027-04-18', { saturdays: 0.2 })], [240, 100]);
    assert.deepEqual([day('2027-04-17', { growth: 0.5 }), day('2027-04-18', { growth: 0.5 })], [300, 150]);
    assert.deepEqual(suppose(of, {}), { demands: of, unserved: 0, words: [] });
  });

  it('moves a lost region’s load to those that may take it, and loses none of it', () => {
    fc.assert(
      fc.property(anyHour, anyHour, anyHour, anyRegion, (...[south, west, eu, lost]) => {
        const demands = [demand('uk-south', south), demand('uk-west', west), demand('eu-west', eu)];
        const { demands: left, unserved } = lose(demands, lost);
        assert.ok(Math.abs(total(left) + unserved - total(demands)) <= 1e-9 * total(demands));
        assert.ok(left.every(({ region }) => region !== lost));
        assert.equal(unserved > 0, lost === 'eu-west');
      }),
      { numRuns: 20 },
    );
  });

  it('never moves a load under another law', () => {
    const demands = REGION_NAMES.map((region) => demand(region, 100));
    const hours = (lost: RegionName) =>
      Object.fromEntries(lose(demands, lost).demands.map(({ region, days }) => [region, days[0]?.hour]));
    assert.deepEqual(hours('uk-south'), { 'uk-west': 200, 'eu-west': 100 });
    assert.deepEqual(hours('uk-west'), { 'uk-south': 200, 'eu-west': 100 });
    assert.deepEqual(hours('eu-west'), { 'uk-south': 100, 'uk-west': 100 });
    assert.deepEqual(takersOf('eu-west'), []);
  });

  it('has nobody answer what a region without a partner was asked when that is not planned at all', () => {
    const only = [demand('uk-south', 100)];
    assert.deepEqual([lose(only, 'uk-south').demands, lose(only, 'uk-south').unserved], [[], total(only)]);
    assert.deepEqual(lose(only, 'eu-west'), { demands: only, unserved: 0 });
  });

  it('weighs the hit rates of what comes together', () => {
    const { demands } = lose([demand('uk-south', 300, 2, 0.9), demand('uk-west', 100, 2, 0.5)], 'uk-south');
    assert.ok(Math.abs((demands[0]?.hitRate ?? 0) - 0.8) < 1e-9);
  });
});

describe('a season’s plan', () => {
  it('names what does not fit, and nothing where all does', () => {
    const shortages = (hour: number) =>
      planSeasons(demand('uk-south', hour), figures('uk-south'), UNITS).flatMap((plan) => plan.shortages);
    assert.deepEqual(shortages(1000), []);
    const [first] = shortages(1e8);
    assert.match(
      first ?? '',
      /^\d+ engines on 2027-\d\d-\d\d with a zone gone, by requests under way; 200 are allowed$/,
    );
  });

  it('covers each season of which there is a forecast', () => {
    assert.deepEqual(
      planSeasons(demand('uk-west', 10), figures('uk-west'), UNITS).map((plan) => plan.demand.season),
      SEASONS,
    );
  });
});

describe('recommended bounds', () => {
  const all = (hour: number) => REGION_NAMES.map((region) => demand(region, hour));
  const of = (region: RegionName, hour: number) =>
    Object.fromEntries(recommend(figures(region), all(hour), UNITS).map((one) => [one.setting, one]));

  it('stay within the product’s table whatever is asked, the least below the most, and come with a reason', () => {
    fc.assert(
      fc.property(anyRegion, anyHour, (region, hour) => {
        const capacity = regionCapacity(region);
        const { 'engineReplicas.minimum': least, 'engineReplicas.maximum': most, ...others } = of(region, hour);
        assert.ok(least && most && least.applied <= most.applied);
        for (const { applied } of [least, most])
          assert.ok(applied >= capacity.engineReplicas.minimum && applied <= capacity.engineReplicas.maximum);
        assert.ok((others['workers.maximum']?.applied ?? Infinity) <= capacity.workers.maximum);
        assert.ok((others['workers.minimum']?.applied ?? 0) >= capacity.workers.minimum);
        assert.equal(
          (others['redisMemoryGiB.cache']?.applied ?? 0) + figures(region).redisMemoryGiB.queue,
          capacity.redisMemoryGiB,
        );
        for (const { reason } of [least, most, ...Object.values(others)]) assert.ok(reason.length > 20);
      }),
      { numRuns: 25 },
    );
  });

  it('never fall when more is asked', () => {
    fc.assert(
      fc.property(anyRegion, anyHour, anyShare, (region, hour, more) => {
        const [one, other] = [of(region, hour), of(region, hour * (1 + more))];
        for (const [setting, { wanted }] of Object.entries(one))
          assert.ok((other[setting]?.wanted ?? 0) >= wanted, setting);
      }),
      { numRuns: 20 },
    );
  });

  it('are the same again once they are configured', () => {
    fc.assert(
      fc.property(
        anyRegion,
        anyHour,
        fc.integer({ min: 2, max: 30 }),
        fc.integer({ min: 31, max: 300 }),
        (region, hour, minimum, maximum) => {
          const before = { ...figures(region), engineReplicas: { minimum, maximum } };
          const applied = Object.fromEntries(
            recommend(before, all(hour), UNITS).map((one) => [one.setting, one.applied]),
          );
          const after = {
            ...before,
            engineReplicas: {
              minimum: applied['engineReplicas.minimum'] ?? 0,
              maximum: applied['engineReplicas.maximum'] ?? 0,
            },
            workers: { minimum: applied['workers.minimum'] ?? 0, maximum: applied['workers.maximum'] ?? 0 },
            redisMemoryGiB: { ...before.redisMemoryGiB, cache: applied['redisMemoryGiB.cache'] ?? 0 },
          };
          for (const { setting, configured, applied: again } of recommend(after, all(hour), UNITS))
            assert.equal(again, configured, setting);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('plan for the loss of the partner under the same law, and of no other', () => {
    const bounds = (region: RegionName, demands: readonly RegionDemand[]) =>
      recommend(figures(region), demands, UNITS).find(({ setting }) => setting === 'engineReplicas.maximum')?.wanted ??
      0;
    const [south, west, eu] = [demand('uk-south', 1e7), demand('uk-west', 1e7), demand('eu-west', 1e9)];
    assert.ok(bounds('uk-west', [south, west, eu]) > bounds('uk-west', [west]));
    assert.equal(bounds('uk-west', [west, eu]), bounds('uk-west', [west]));
    assert.equal(bounds('eu-west', [south, west, eu]), bounds('eu-west', [eu]));
  });

  it('leave the least engines that a Saturday takes times 4.9 room below the most', () => {
    assert.deepEqual(
      Object.values(of('uk-south', 1)).map(({ setting, applied }) => [setting, applied]),
      [
        ['engineReplicas.minimum', 10],
        ['engineReplicas.maximum', 200],
        ['workers.minimum', 3],
        ['workers.maximum', 12],
        ['redisMemoryGiB.cache', 56],
      ],
    );
  });

  it('need the region’s own demand', () => {
    assert.throws(() => recommend(figures('eu-west'), [demand('uk-south', 1)], UNITS), /No demand of eu-west is known/);
  });
});
