import { loadPlatform } from './components/cluster/platform.ts';
import { reshapings } from './components/redis/reshaping.ts';
import { PLACES } from './components/region/places.ts';
import { Region } from './components/region/region.ts';
import { regionRequests } from './components/region/requests.ts';
import { loadConfig } from './config.ts';
import project from './package.json' with { type: 'json' };

const config = loadConfig();
const platform = await loadPlatform(config.cluster.platform);
const region = new Region(config.name, { config, platform, version: project.version });

/** What this region promises, for people and for the scripts that compare regions. */
export const figures = {
  ...config.identity,
  season: config.season,
  capacityPercent: config.capacityPercent,
  workers: config.workers,
  pool: config.pool,
  storageGiB: config.storageGiB,
  networkGbps: config.networkGbps,
  platform: config.cluster.platform,
  kubernetesVersion: config.cluster.kubernetesVersion,
  engineReplicas: config.engineReplicas,
  redisMemoryGiB: config.redisMemoryGiB,
  redisShards: config.redis.shards,
};
/** CPU cores and memory (GiB) that the region's workers must have free: for its own work by season, and for its services beside that. */
export const requests = regionRequests(config);
/** Which slots of Redis move when the season changes; the first update in the new season moves them. */
export const redisReshaping = {
  cache: reshapings(PLACES.cache.name, config.redis.shards.cache),
  queue: reshapings(PLACES.queue.name, config.redis.shards.queue),
};
export const url = region.url;
export const adminToken = region.adminToken;
export const consoleUrl = region.consoleUrl;
export const consoleToken = region.consoleToken;
