import { CACHE_KEY_PREFIX, VENDOR_KEY_PREFIX } from '@wedsync/cache-engine/contract';
import type { RedisUser } from '../redis/acl.ts';

/** To find the node of a key, read from replicas too, and know that a replica has what was written. */
const CLUSTER_CLIENT = ['+cluster|slots', '+readonly', '+wait'];

/** The engine on the cache cluster: answers and nothing else. */
export const ENGINE_CACHE_USER: RedisUser = {
  name: 'engine',
  keys: [`${CACHE_KEY_PREFIX}*`],
  commands: [...CLUSTER_CLIENT, '+get', '+set'],
};

/** The engine on the durable cluster: the vendors' keys and nothing else. */
export const ENGINE_QUEUE_USER: RedisUser = {
  name: 'engine',
  keys: [`${VENDOR_KEY_PREFIX}*`],
  commands: [...CLUSTER_CLIENT, '+get', '+set', '+del', '+hset', '+hget', '+hdel', '+hgetall'],
};
