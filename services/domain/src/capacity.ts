import type { RegionName } from './regions.ts';
import type { Bounds } from './scaling.ts';
import type { Season } from './seasons.ts';

/** What a region may use over the year. */
export interface RegionCapacity {
  /** Kubernetes workers. */
  readonly workers: Bounds;
  /** Replicas of the cache engine; seasons narrow them. */
  readonly engineReplicas: Bounds;
  /** Availability zones among the workers; 1 where no cloud has any, and only machines keep things apart. */
  readonly zones: number;
  /** Memory of all Redis Clusters together at full size, in GiB. */
  readonly redisMemoryGiB: number;
}

const CAPACITY: Readonly<Record<RegionName, RegionCapacity>> = {
  'uk-south': {
    workers: { minimum: 3, maximum: 12 },
    zones: 3,
    engineReplicas: { minimum: 10, maximum: 200 },
    redisMemoryGiB: 64,
  },
  'uk-west': {
    workers: { minimum: 2, maximum: 8 },
    engineReplicas: { minimum: 8, maximum: 160 },
    zones: 1,
    redisMemoryGiB: 48,
  },
  'eu-west': {
    workers: { minimum: 2, maximum: 6 },
    engineReplicas: { minimum: 5, maximum: 100 },
    zones: 3,
    redisMemoryGiB: 32,
  },
};

/** CPU cores and memory (GiB) that a region's own work may ask for on all workers together, in the wedding season and out of it. */
const POOL = { normal: { cpu: 32, memoryGiB: 128 }, weddingSeason: { cpu: 128, memoryGiB: 512 } } as const;

/** What a region may use over the year. */
export function regionCapacity(name: RegionName): RegionCapacity {
  return CAPACITY[name];
}

/** CPU cores and memory (GiB) that a region's own work may ask for in a season; the services of its cluster come on top. */
export function poolOf(season: Season): { readonly cpu: number; readonly memoryGiB: number } {
  return season === 'peak' ? POOL.weddingSeason : POOL.normal;
}
