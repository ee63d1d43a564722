import { engineBounds, redisMemoryMiB, redisShards, type Season, SEASONS } from '@wedsync/domain';
import type { RegionConfig } from '../../config.ts';
import { ENGINE_REQUESTS } from '../cache-service/engine-pod.ts';
import { REDIS_PROFILES, type RedisProfileName } from '../redis/profiles.ts';
import { type ClusterSize, nodeCount, nodeSize } from '../redis/sizing.ts';

/** CPU (thousandths of a core), memory (MiB) and storage (GiB). */
export interface Demand {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly storageGiB: number;
}

/** Where a season asks for more than the region has. */
export interface Shortage {
  readonly season: Season;
  readonly resource: 'CPU' | 'memory' | 'storage';
  readonly wanted: string;
  readonly available: string;
}

/** What a Redis Cluster has in all, in `season` and at full size. */
export function redisSize(
  { redis, redisMemoryGiB }: RegionConfig,
  profile: RedisProfileName,
  season: Season,
): { readonly present: ClusterSize; readonly full: ClusterSize } {
  const shards = redis.shards[profile];
  const memoryGiB = redisMemoryGiB[profile];
  return {
    present: { shards: redisShards(shards, season), memoryMiB: redisMemoryMiB(memoryGiB, season) },
    full: { shards, memoryMiB: memoryGiB * 1024 },
  };
}

/** What the region asks for in `season` when the engine is scaled out to the season's maximum. */
export function demand(config: RegionConfig, season: Season): Demand {
  const engines = engineBounds(config.engineReplicas, season).maximum;
  const nodes = (Object.keys(REDIS_PROFILES) as RedisProfileName[]).map((profile) => {
    const { present, full } = redisSize(config, profile, season);
    return { ...nodeSize(REDIS_PROFILES[profile], present, full), count: nodeCount(present) };
  });
  const sum = (of: (node: (typeof nodes)[number]) => number) =>
    nodes.reduce((total, node) => total + node.count * of(node), 0);
  return {
    cpuMillis: engines * ENGINE_REQUESTS.cpuMillis + sum((node) => node.cpuMillis),
    memoryMiB: engines * ENGINE_REQUESTS.memoryMiB + sum((node) => node.memoryMiB),
    storageGiB: sum((node) => node.storageGiB),
  };
}

/** Every season and resource in which the region's own figures contradict each other; empty when they fit. */
export function shortages(config: RegionConfig): Shortage[] {
  return SEASONS.flatMap((season) => {
    const pool = season === 'peak' ? config.pool.weddingSeason : config.pool.normal;
    const wanted = demand(config, season);
    const compared = [
      { resource: 'CPU', want: wanted.cpuMillis / 1000, have: pool.cpu, unit: 'cores' },
      { resource: 'memory', want: wanted.memoryMiB / 1024, have: pool.memoryGiB, unit: 'GiB' },
      { resource: 'storage', want: wanted.storageGiB, have: config.storageGiB, unit: 'GiB' },
    ] as const;
    return compared
      .filter(({ want, have }) => want > have)
      .map(({ resource, want, have, unit }) => ({
        season,
        resource,
        wanted: `${Math.ceil(want)} ${unit}`,
        available: `${have} ${unit}`,
      }));
  });
}
