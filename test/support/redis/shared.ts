import { ENGINE_CACHE_USER, ENGINE_QUEUE_USER } from '../../../components/cache-service/redis-users.ts';
import type { RedisUser } from '../../../components/redis/acl.ts';
import { RedisCluster } from './cluster.ts';

/** What the engine's users may do in a region: the tests' users may do no more. */
export const ENGINE_ON_CACHE = ruleOf(ENGINE_CACHE_USER);
export const ENGINE_ON_QUEUE = ruleOf(ENGINE_QUEUE_USER);

let starting: Promise<RedisCluster> | undefined;

/**
 * A cluster that all tests of a process share, with the users `cache` and `queue`: the engine's two roles. For tests that do
 * it no harm. It ends with the process: no test file knows whether it is the last.
 */
export function sharedRedis(): Promise<RedisCluster> {
  starting ??= start();
  return starting;
}

async function start(): Promise<RedisCluster> {
  const cluster = await RedisCluster.start({ users: { cache: ENGINE_ON_CACHE, queue: ENGINE_ON_QUEUE } });
  cluster.unref();
  return cluster;
}

function ruleOf({ keys = [], channels = [], commands }: RedisUser): string {
  return [...keys.map((key) => `~${key}`), ...channels.map((channel) => `&${channel}`), ...commands].join(' ');
}
