import { ORDINARY_BYTES, VENDOR_TYPES, vendorProfile } from '@wedsync/domain';
import type { UnitFigures } from '@wedsync/season-analytics';
import { TYPE_SHARES } from '../../../bench/season/shares.ts';
import { SETTINGS as SOAK } from '../../../bench/soak/settings.ts';
import { TARGET_CPU_PERCENT } from '../../../components/cache-service/autoscaler.ts';
import { ENGINE_REQUESTS } from '../../../components/cache-service/engine-pod.ts';
import { REQUESTS_UNDER_WAY } from '../../../components/cache-service/scaled-object.ts';
import { REDIS_PROFILES } from '../../../components/redis/profiles.ts';
import { nodeSize } from '../../../components/redis/sizing.ts';
import { NODES_PER_SHARD } from '../../../components/redis/topology.ts';
import type { SeasonCommand } from './options.ts';

const SECONDS_AN_HOUR = 3600;
const ORIGIN_SECONDS = 2;
const REDIS_FILL = 0.8;

/** What engines and Redis can do, by what the program deploys and the benches measure. */
export function unitFigures({ engineCapacity, originSeconds }: SeasonCommand): UnitFigures {
  const whole = { shards: 3, memoryMiB: 6 * 1024 };
  return {
    hitsPerSecondPerCore:
      engineCapacity === undefined
        ? {
            value: SOAK.rate.value,
            source:
              'the rate of `npm run bench -- soak`, which one core held for half a minute without an error, 95 % of the hits within 0.5 ms',
          }
        : { value: engineCapacity, source: '--engine-capacity' },
    utilisation: { value: TARGET_CPU_PERCENT / 100, source: 'the target of the autoscaler' },
    requestsUnderWay: { value: REQUESTS_UNDER_WAY, source: 'the threshold of the autoscaler' },
    originSeconds:
      originSeconds === undefined
        ? { value: ORIGIN_SECONDS, source: 'an assumption; --origin-seconds' }
        : { value: originSeconds, source: '--origin-seconds' },
    lifetimeHours: {
      value: meanLifetimeHours(),
      source: 'base ÷ volatility of each type of vendor, by how many vendors there are of it',
    },
    answerKiB: { value: ORDINARY_BYTES / 1024, source: 'the size of an ordinary answer by which tiers are chosen' },
    redisDataShare: { value: REDIS_PROFILES.cache.dataShare, source: 'maxmemory of the cache’s nodes' },
    redisFill: { value: REDIS_FILL, source: 'an assumption: room before anything is evicted' },
    engine: { cpu: ENGINE_REQUESTS.cpuMillis / 1000, memoryGiB: ENGINE_REQUESTS.memoryMiB / 1024 },
    redisNodeCpu: nodeSize(REDIS_PROFILES.cache, whole, whole).cpuMillis / 1000,
    nodesPerShard: NODES_PER_SHARD,
  };
}

function meanLifetimeHours(): number {
  const all = VENDOR_TYPES.reduce((sum, type) => sum + TYPE_SHARES[type], 0);
  const seconds = VENDOR_TYPES.reduce((sum, type) => {
    const { baseTimeToLive, volatility } = vendorProfile(type);
    return sum + (TYPE_SHARES[type] * baseTimeToLive) / volatility;
  }, 0);
  return seconds / all / SECONDS_AN_HOUR;
}
