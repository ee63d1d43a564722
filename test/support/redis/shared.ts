import { RedisCluster } from './cluster.ts';

/** The commands and keys that the engine's users need, and no more. */
export const ENGINE_ON_CACHE = '~answer:* +get +set +wait +readonly +cluster|slots';
export const ENGINE_ON_QUEUE = '~vendor-key:* +get +set +del +hset +hget +hdel +hgetall +wait +readonly +cluster|slots';

let starting: Promise<RedisCluster> | undefined;

/**
 * A cluster that all tests of a run share, with the users `cache` and `queue`: the engine's two roles. For tests that do
 * it no harm.
 */
export function sharedRedis(): Promise<RedisCluster> {
  starting ??= RedisCluster.start({ users: { cache: ENGINE_ON_CACHE, queue: ENGINE_ON_QUEUE } });
  return starting;
}

after('end the shared Redis Cluster', async () => (await starting)?.stop());
