import { type Season, SEASONS } from '@wedsync/domain';
import type { RegionConfig } from '../../config.ts';
import type { PoolSize } from '../cluster/worker-demand.ts';
import { serviceLoad } from '../cluster-services/requests.ts';
import type { Resources } from '../shared/resources.ts';
import { demand } from './capacity.ts';

/** What a region asks its workers for, as `wedsync:pool` says it, rounded up to tenths. */
export interface RegionRequests {
  /** The region's own work when it is scaled out, which `wedsync:pool` holds. */
  readonly own: Readonly<Partial<Record<Season, PoolSize>>>;
  /** What the services ask for beside it that the region installs: so much in all, and so much on each worker. */
  readonly services: { readonly inAll: PoolSize; readonly eachWorker: PoolSize };
}

/** What a region asks its workers for: of a cluster that exists, what must be free there. */
export function regionRequests(config: RegionConfig): RegionRequests {
  const { inAll, eachWorker } = serviceLoad(config.clusterServices.choices);
  return {
    own: Object.fromEntries(SEASONS.map((season) => [season, poolOf(demand(config, season))])),
    services: { inAll: poolOf(inAll), eachWorker: poolOf(eachWorker) },
  };
}

function poolOf({ cpuMillis, memoryMiB }: Resources): PoolSize {
  return { cpu: Math.ceil(cpuMillis / 100) / 10, memoryGiB: Math.ceil((memoryMiB / 1024) * 10) / 10 };
}
