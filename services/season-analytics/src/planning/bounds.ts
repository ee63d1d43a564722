import {
  aboveAverageWeekday,
  type Bounds,
  engineBounds,
  regionCapacity,
  regionIdentity,
  REGION_NAMES,
  SATURDAY_SHARE,
  type Season,
  SEASONS,
} from '@wedsync/domain';
import { type RegionDemand, seasonDemand } from './demand.ts';
import { takersOf } from './failover.ts';
import type { StackFigures, UnitFigures } from './figures.ts';
import { cacheMemoryFor, enginesFor, hitsPerEngine, partsOfRegion, spareFor, workersFor } from './needs.ts';
import { added } from './what-if.ts';

/** The settings of a stack file for which there is a recommendation. */
export const SETTINGS = [
  'engineReplicas.minimum',
  'engineReplicas.maximum',
  'workers.minimum',
  'workers.maximum',
  'redisMemoryGiB.cache',
] as const;
export type SettingName = (typeof SETTINGS)[number];

/** What a setting should be, and why. */
export interface Recommendation {
  readonly setting: SettingName;
  readonly configured: number;
  /** What the demand asks for, whatever the product allows. */
  readonly wanted: number;
  /** What goes into the patch: within the product's bounds, and what is configured where a change is not worth it. */
  readonly applied: number;
  /** The product's bounds of the region, which a recommendation never passes. */
  readonly allowed: Bounds;
  readonly reason: string;
}

/** A change by less than this share that only saves is not worth an update. */
const WORTH_A_CHANGE = 0.1;

/**
 * The bounds of a region's stack file by what is forecast for all regions.
 *
 * @param demands of all regions that are known: a partner's load is planned for as far as the law lets it move here
 * @throws RangeError where the region's own demand is not among them.
 */
export function recommend(
  stack: StackFigures,
  demands: readonly RegionDemand[],
  units: UnitFigures,
): readonly Recommendation[] {
  const own = demands.find(({ region }) => region === stack.region);
  if (own === undefined) throw new RangeError(`No demand of ${stack.region} is known.`);
  const least = leastEngines(stack, own, units);
  const most = mostEngines(stack, worstFailover(own, demands), least.applied, units);
  return [
    least,
    most,
    ...workers(stack, least.applied, most.applied, units),
    redis(stack, worstFailover(own, demands).demand, units),
  ];
}

function leastEngines(
  { region, engineReplicas }: StackFigures,
  demand: RegionDemand,
  units: UnitFigures,
): Recommendation {
  const { parts, name } = partsOfRegion(region);
  const need = (hour: number) => enginesFor(hour, demand.hitRate, units, spareFor(parts)).engines;
  const rows = SEASONS.flatMap((season) => {
    const asked = seasonDemand(demand, season);
    if (asked === undefined) return [];
    const { ordinaryHour, saturday } = asked;
    const ordinary = fewest((minimum) => alwaysKept(minimum, season) >= need(ordinaryHour));
    const onSaturday = fewest((minimum) => saturdayKept(minimum, season) >= need(saturday.highHour));
    return [
      {
        minimum: ordinary,
        words: `an ordinary day's busiest hour in ${season}: ${count(ordinaryHour)} queries need ${need(ordinaryHour)}`,
      },
      {
        minimum: onSaturday,
        words: `Saturday ${saturday.date}: up to ${count(saturday.highHour)} queries an hour need ${need(saturday.highHour)}`,
      },
    ];
  });
  const hardest = greatest(rows, ({ minimum }) => minimum);
  return settle({
    setting: 'engineReplicas.minimum',
    configured: engineReplicas.minimum,
    wanted: hardest.minimum,
    allowed: regionCapacity(region).engineReplicas,
    reason: `${hardest.words} with a ${name} to spare (${capacityWords(units)})`,
  });
}

function mostEngines(
  { region, engineReplicas }: StackFigures,
  { demand, words }: Failover,
  minimum: number,
  units: UnitFigures,
): Recommendation {
  const { parts, name } = partsOfRegion(region);
  const rows = SEASONS.flatMap((season) => {
    const asked = seasonDemand(demand, season);
    if (asked === undefined) return [];
    const { busiest } = asked;
    const need = enginesFor(busiest.highHour, demand.hitRate, units, spareFor(parts)).engines;
    const floor = saturdayKept(minimum, season);
    return [
      {
        maximum: fewest((maximum) => engineBounds({ minimum, maximum }, season).maximum >= need),
        words: `${busiest.date}: up to ${count(busiest.highHour)} queries an hour need ${need}${words}, with a ${name} to spare`,
      },
      {
        maximum: fewest((maximum) => engineBounds({ minimum, maximum }, season).maximum >= floor),
        words: `Saturdays of ${season} keep ${floor} ready, ${aboveAverageWeekday(SATURDAY_SHARE).toFixed(1)} times the season's least`,
      },
    ];
  });
  const hardest = greatest(rows, ({ maximum }) => maximum);
  return settle({
    setting: 'engineReplicas.maximum',
    configured: engineReplicas.maximum,
    wanted: hardest.maximum,
    allowed: regionCapacity(region).engineReplicas,
    reason: hardest.words,
  });
}

function workers(stack: StackFigures, least: number, most: number, units: UnitFigures): readonly Recommendation[] {
  const { parts, name } = partsOfRegion(stack.region);
  const engines = (season: Season) => engineBounds({ minimum: least, maximum: most }, season);
  const needed = (of: (season: Season) => number) =>
    Math.max(...SEASONS.map((season) => workersFor(of(season), season, stack, units)));
  const [fewestNeeded, mostNeeded] = [
    needed((season) => engines(season).minimum),
    needed((season) => engines(season).maximum),
  ];
  const allowed = regionCapacity(stack.region).workers;
  // One more than needed where the region would stand on its last part.
  const withSpare = Math.max(Math.ceil(fewestNeeded * spareFor(parts)), fewestNeeded + 1);
  const kept = (setting: 'workers.minimum' | 'workers.maximum', wanted: number, reason: string) => {
    const configured = setting === 'workers.minimum' ? stack.workers.minimum : stack.workers.maximum;
    return neverLess({ setting, configured, wanted, allowed, reason });
  };
  return [
    kept(
      'workers.minimum',
      withSpare,
      `the fewest engines of each season and Redis need ${fewestNeeded}, and a ${name} is to spare`,
    ),
    kept(
      'workers.maximum',
      mostNeeded,
      `the most engines of each season and Redis need ${mostNeeded}; fewer would only make each machine larger, since together they must hold wedsync:pool`,
    ),
  ];
}

function redis({ region, redisMemoryGiB }: StackFigures, demand: RegionDemand, units: UnitFigures): Recommendation {
  const rows = SEASONS.flatMap((season) => seasonDemand(demand, season) ?? []);
  const hour = Math.max(0, ...rows.map(({ busiest }) => busiest.highHour));
  const allowed = regionCapacity(region).redisMemoryGiB - redisMemoryGiB.queue;
  return neverLess({
    setting: 'redisMemoryGiB.cache',
    configured: redisMemoryGiB.cache,
    wanted: Math.ceil(cacheMemoryFor(hour, demand.hitRate, units)),
    allowed: { minimum: allowed, maximum: allowed },
    reason:
      `misses of ${count(hour)} queries an hour, kept for ${units.lifetimeHours.value.toFixed(1)} h; the size of the product's table ` +
      `(${regionCapacity(region).redisMemoryGiB} GiB with the queue's) is not lowered by a forecast`,
  });
}

interface Failover {
  readonly demand: RegionDemand;
  readonly words: string;
}

/** A region's demand with that of the region whose loss would bring it most. */
function worstFailover(own: RegionDemand, demands: readonly RegionDemand[]): Failover {
  const { residency } = regionIdentity(own.region);
  const lost = REGION_NAMES.filter(
    (region) => region !== own.region && regionIdentity(region).residency === residency,
  ).flatMap((region) => {
    const other = demands.find((demand) => demand.region === region);
    const share = takersOf(region).find((taker) => taker.region === own.region)?.share ?? 0;
    return other === undefined || share === 0
      ? []
      : [{ demand: added(own, other, share), words: `, ${region} being lost` }];
  });
  const total = ({ demand }: Failover) => demand.days.reduce((sum, { queries }) => sum + queries, 0);
  return lost.reduce((one, other) => (total(other) > total(one) ? other : one), { demand: own, words: '' });
}

/** The item of which there is most. @throws RangeError without one: nothing of any season was forecast. */
function greatest<T>(items: readonly T[], of: (item: T) => number): T {
  const [first, ...others] = items;
  if (first === undefined) throw new RangeError('No season was forecast in which there is a Saturday and another day.');
  return others.reduce((one, other) => (of(other) > of(one) ? other : one), first);
}

function alwaysKept(minimum: number, season: Season): number {
  return engineBounds({ minimum, maximum: Infinity }, season).minimum;
}

/** What a season keeps on a Saturday where its most does not hold it back. */
function saturdayKept(minimum: number, season: Season): number {
  return Math.ceil(alwaysKept(minimum, season) * aboveAverageWeekday(SATURDAY_SHARE));
}

/** The least whole number from 1 that suffices, where a greater one always does too. */
function fewest(suffices: (number: number) => boolean): number {
  let high = 1;
  while (!suffices(high)) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (suffices(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Within what is allowed, and unchanged where a change would only save a little. */
function settle(recommendation: Omit<Recommendation, 'applied'>): Recommendation {
  const { configured, wanted, allowed } = recommendation;
  const inside = Math.min(allowed.maximum, Math.max(allowed.minimum, wanted));
  const small = inside < configured && configured - inside < configured * WORTH_A_CHANGE;
  return { ...recommendation, applied: small && configured <= allowed.maximum ? configured : inside };
}

/** As `settle`, for what a forecast may raise but never lower. */
function neverLess(recommendation: Omit<Recommendation, 'applied'>): Recommendation {
  const { configured, wanted, allowed } = recommendation;
  return {
    ...recommendation,
    applied: wanted > configured ? Math.max(configured, Math.min(allowed.maximum, wanted)) : configured,
  };
}

function capacityWords(units: UnitFigures): string {
  return `${Math.round(hitsPerEngine(units))} a second an engine at ${Math.round(units.utilisation.value * 100)} %`;
}

function count(queries: number): string {
  return Math.round(queries).toLocaleString('en-GB');
}
