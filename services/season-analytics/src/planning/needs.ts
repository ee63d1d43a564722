import {
  poolOf,
  redisMemoryMiB,
  redisShards,
  regionCapacity,
  type RegionName,
  type Season,
  SEASONS,
  workerBounds,
} from '@wedsync/domain';
import type { Size, StackFigures, UnitFigures } from './figures.ts';

const SECONDS_AN_HOUR = 3600;
const KIB_A_GIB = 1024 ** 2;

/** Engines that an hour needs, and what they are needed for. */
export interface EngineNeed {
  readonly engines: number;
  readonly by: 'CPU' | 'requests under way';
}

/** Requests a second that an engine answers at the planned utilisation, if all were hits. */
export function hitsPerEngine({ hitsPerSecondPerCore, engine, utilisation }: UnitFigures): number {
  return hitsPerSecondPerCore.value * engine.cpu * utilisation.value;
}

/**
 * The engines for an hour's questions: by the CPU of answering, and by the misses that wait for the origin (Little's law), whichever needs more.
 *
 * @param spare how many times as many there must be, so that enough are left when a zone or a machine is gone
 */
export function enginesFor(queriesAnHour: number, hitRate: number, units: UnitFigures, spare: number): EngineNeed {
  const rate = queriesAnHour / SECONDS_AN_HOUR;
  const byCpu = rate / hitsPerEngine(units);
  const waiting = rate * (1 - hitRate) * units.originSeconds.value;
  const byWaiting = waiting / (units.requestsUnderWay.value * units.utilisation.value);
  return {
    engines: Math.ceil(Math.max(byCpu, byWaiting) * spare),
    by: byCpu >= byWaiting ? 'CPU' : 'requests under way',
  };
}

/** How many times as much there must be for the rest to do when one of `parts` equal parts is gone. */
export function spareFor(parts: number): number {
  return parts <= 1 ? 1 : parts / (parts - 1);
}

/** The parts of a region of which one may be gone: its zones, or its fewest machines where there are no zones. */
export function partsOfRegion(region: RegionName): { readonly parts: number; readonly name: 'zone' | 'machine' } {
  const { zones, workers } = regionCapacity(region);
  return zones > 1 ? { parts: zones, name: 'zone' } : { parts: workers.minimum, name: 'machine' };
}

/**
 * GiB of the cache's Redis Cluster, replicas too, that hold the answers which misses leave behind while they live (Little's law), as if each of these hours
 * were as busy as the given one.
 */
export function cacheMemoryFor(queriesAnHour: number, hitRate: number, units: UnitFigures): number {
  const answers = queriesAnHour * (1 - hitRate) * units.lifetimeHours.value;
  const data = (answers * units.answerKiB.value) / KIB_A_GIB;
  return (data * units.nodesPerShard) / (units.redisDataShare.value * units.redisFill.value);
}

/** Shards that hold so much, with nodes as large as those at full size; never fewer than the season has. */
export function shardsFor(memoryGiB: number, { redisMemoryGiB, cacheShards }: StackFigures, season: Season): number {
  return Math.max(redisShards(cacheShards, season), Math.ceil((memoryGiB / redisMemoryGiB.cache) * cacheShards));
}

/** What each worker of a region holds of its own work, so that the most of them hold what the region may ask for. */
export function workerSize(region: RegionName): Size {
  const shares = SEASONS.map((season) => {
    const { maximum } = workerBounds(regionCapacity(region).workers, season);
    const { cpu, memoryGiB } = poolOf(season);
    return { cpu: cpu / maximum, memoryGiB: memoryGiB / maximum };
  });
  return {
    cpu: Math.max(...shares.map(({ cpu }) => cpu)),
    memoryGiB: Math.max(...shares.map(({ memoryGiB }) => memoryGiB)),
  };
}

/** Workers that hold so many engines beside the season's Redis. */
export function workersFor(engines: number, season: Season, stack: StackFigures, units: UnitFigures): number {
  const { cache, queue } = stack.redisMemoryGiB;
  // The queue's cluster has its full number of shards all year, as few as there can be.
  const nodes = (redisShards(stack.cacheShards, season) + redisShards(0, season)) * units.nodesPerShard;
  const worker = workerSize(stack.region);
  const cpu = engines * units.engine.cpu + nodes * units.redisNodeCpu;
  const memoryGiB = engines * units.engine.memoryGiB + redisMemoryMiB(cache + queue, season) / 1024;
  return Math.ceil(Math.max(cpu / worker.cpu, memoryGiB / worker.memoryGiB));
}
