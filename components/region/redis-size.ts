import { redisMemoryMiB, redisShards, type Season } from '@wedsync/domain';
import type { RegionConfig } from '../../config.ts';
import type { RedisProfileName } from '../redis/profiles.ts';
import type { ClusterSize } from '../redis/sizing.ts';

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
