import { type Bounds, engineBounds, redisMemoryMiB, type Season, SEASONS, workerBounds } from '@wedsync/domain';
import { type RegionDemand, seasonDemand, type SeasonDemand } from './demand.ts';
import type { StackFigures, UnitFigures } from './figures.ts';
import {
  cacheMemoryFor,
  type EngineNeed,
  enginesFor,
  partsOfRegion,
  shardsFor,
  spareFor,
  workersFor,
} from './needs.ts';

/** What a season needs in a region beside what its stack file allows. */
export interface SeasonPlan {
  readonly demand: SeasonDemand;
  /** For the busiest hour at the upper end of its 95 % interval, with a zone (or machine) gone. */
  readonly engines: EngineNeed & { readonly configured: Bounds };
  /** GiB of the cache, replicas too. */
  readonly redis: { readonly memoryGiB: number; readonly configuredGiB: number; readonly shards: number };
  /** With as many engines as the season needs, or keeps in any case. */
  readonly workers: { readonly count: number; readonly configured: Bounds };
  /** What does not fit, in words; empty where all does. */
  readonly shortages: readonly string[];
}

/** Every season of a region of which something is forecast. */
export function planSeasons(demand: RegionDemand, stack: StackFigures, units: UnitFigures): readonly SeasonPlan[] {
  return SEASONS.flatMap((season) => {
    const asked = seasonDemand(demand, season);
    return asked === undefined ? [] : [planSeason(season, asked, demand.hitRate, stack, units)];
  });
}

function planSeason(
  season: Season,
  demand: SeasonDemand,
  hitRate: number,
  stack: StackFigures,
  units: UnitFigures,
): SeasonPlan {
  const { highHour, date } = demand.busiest;
  const { parts, name } = partsOfRegion(stack.region);
  const need = enginesFor(highHour, hitRate, units, spareFor(parts));
  const engines = { ...need, configured: engineBounds(stack.engineReplicas, season) };
  const memoryGiB = cacheMemoryFor(highHour, hitRate, units);
  const configuredGiB = redisMemoryMiB(stack.redisMemoryGiB.cache, season) / 1024;
  const running = Math.max(need.engines, engines.configured.minimum);
  const workers = { count: workersFor(running, season, stack, units), configured: workerBounds(stack.workers, season) };
  return {
    demand,
    engines,
    redis: { memoryGiB, configuredGiB, shards: shardsFor(memoryGiB, stack, season) },
    workers,
    shortages: [
      ...(need.engines > engines.configured.maximum
        ? [
            `${need.engines} engines on ${date} with a ${name} gone, by ${need.by}; ${engines.configured.maximum} are allowed`,
          ]
        : []),
      ...(memoryGiB > configuredGiB
        ? [`${memoryGiB.toFixed(1)} GiB of answers live at once; the cache has ${configuredGiB.toFixed(1)}`]
        : []),
      ...(workers.count > workers.configured.maximum
        ? [`${workers.count} workers for ${running} engines and Redis; ${workers.configured.maximum} are allowed`]
        : []),
    ],
  };
}
