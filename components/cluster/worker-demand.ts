import { type Bounds, type Season, SEASONS, workerBounds } from '@wedsync/domain';
import { type Resources, type ServiceLoad, times, total } from '../shared/resources.ts';
import type { MachineDemand } from './machines.ts';

/** CPU cores and memory, of all workers together. */
export interface PoolSize {
  readonly cpu: number;
  readonly memoryGiB: number;
}

/** What the workers of a region are for. */
export interface WorkerFigures {
  /** Workers over the year. */
  readonly workers: Bounds;
  /** What all machines together have, on the season's most workers; the region's own work may ask for as much. */
  readonly pool: { readonly normal: PoolSize; readonly weddingSeason: PoolSize };
  /** What the region's own work asks for before load adds to it (its fewest engines, and Redis), and what it asks for at most. */
  readonly work: Readonly<Record<Season, { readonly least: Resources; readonly most: Resources }>>;
  /** What is installed beside it. */
  readonly services: ServiceLoad;
  readonly networkGbps: number;
}

/**
 * What each worker must have, and leave to Pods, whatever the season, so that no season changes the machines: the most workers are as
 * large as the pool and hold what the region asks for at most, the fewest what must run before another is added, in both cases with the
 * services. This is a sum: Pods are far smaller than machines, so what does not fill the last corner of one is left out of account.
 */
export function workerDemand({ workers, pool, work, services, networkGbps }: WorkerFigures): MachineDemand {
  const bounds = SEASONS.map((season) => ({ season, ...workerBounds(workers, season) }));
  const sizes = bounds.map(({ season, maximum }) => {
    const { cpu, memoryGiB } = season === 'peak' ? pool.weddingSeason : pool.normal;
    return { cpu: cpu / maximum, memoryGiB: memoryGiB / maximum };
  });
  const shares = bounds
    .flatMap(({ season, minimum, maximum }) => [
      share(work[season].most, services, maximum),
      share(work[season].least, services, minimum),
    ])
    .map(({ cpuMillis, memoryMiB }) => ({ cpu: cpuMillis / 1000, memoryGiB: memoryMiB / 1024 }));
  return { size: largest(sizes), pods: largest(shares), networkGbps };
}

function largest(all: readonly PoolSize[]): PoolSize {
  return {
    cpu: Math.max(...all.map(({ cpu }) => cpu)),
    memoryGiB: Math.max(...all.map(({ memoryGiB }) => memoryGiB)),
  };
}

function share(work: Resources, { inAll, eachWorker }: ServiceLoad, workers: number): Resources {
  return total([times(1 / workers, total([work, inAll])), eachWorker]);
}
