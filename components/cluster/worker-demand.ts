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
  /** What the region's own work may ask for. */
  readonly pool: { readonly normal: PoolSize; readonly weddingSeason: PoolSize };
  /** What the region's own work asks for before load adds to it: its fewest engines, and Redis. */
  readonly least: Readonly<Record<Season, Resources>>;
  /** What is installed beside it. */
  readonly services: ServiceLoad;
  readonly networkGbps: number;
}

/**
 * What each worker must leave to Pods, whatever the season, so that no season changes the machines: the most workers hold the pool,
 * and the fewest what must run before another is added, in both cases with the services. This is a sum: Pods are far smaller than
 * machines, so what does not fill the last corner of one is left out of account.
 */
export function workerDemand({ workers, pool, least, services, networkGbps }: WorkerFigures): MachineDemand {
  const shares = SEASONS.flatMap((season) => {
    const { minimum, maximum } = workerBounds(workers, season);
    const most = resourcesOf(season === 'peak' ? pool.weddingSeason : pool.normal);
    return [share(most, services, maximum), share(least[season], services, minimum)];
  });
  return {
    cpu: Math.max(...shares.map(({ cpuMillis }) => cpuMillis)) / 1000,
    memoryGiB: Math.max(...shares.map(({ memoryMiB }) => memoryMiB)) / 1024,
    networkGbps,
  };
}

function share(work: Resources, { inAll, eachWorker }: ServiceLoad, workers: number): Resources {
  return total([times(1 / workers, total([work, inAll])), eachWorker]);
}

function resourcesOf({ cpu, memoryGiB }: PoolSize): Resources {
  return { cpuMillis: cpu * 1000, memoryMiB: memoryGiB * 1024 };
}
