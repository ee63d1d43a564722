import {
  CACHE_KEY_PREFIX,
  DATA_KEY_PREFIX,
  LEDGER_PREFIX,
  SETTINGS_KEY,
  VENDOR_KEY_PREFIX,
  WEDDING_PREFIX,
} from '@wedsync/cache-engine/contract';
import type { RedisUser } from '../redis/acl.ts';

/** To find the node of a key, read from replicas too, write several keys at once, and know that a replica has what was written. */
const CLUSTER_CLIENT = ['+cluster|slots', '+readonly', '+multi', '+exec', '+wait'];

/** The engine on the cache cluster: answers, how to find them, and word of what changes. */
export const ENGINE_CACHE_USER: RedisUser = {
  name: 'engine',
  keys: [`${CACHE_KEY_PREFIX}*`],
  channels: [`${CACHE_KEY_PREFIX}*`],
  commands: [
    ...CLUSTER_CLIENT,
    ...['+get', '+mget', '+set', '+unlink', '+pexpire'],
    ...['+hset', '+hsetnx', '+hget', '+hmget', '+hvals', '+hscan', '+hdel'],
    ...['+zadd', '+zscan', '+zremrangebyscore', '+sadd', '+srem', '+scard', '+smembers'],
    ...['+xadd', '+xrange', '+xrevrange', '+spublish', '+ssubscribe'],
  ],
};

/** The engine on the durable cluster: the vendors' keys, the tenants' data keys, and what else must not be lost. */
export const ENGINE_QUEUE_USER: RedisUser = {
  name: 'engine',
  keys: [`${VENDOR_KEY_PREFIX}*`, `${DATA_KEY_PREFIX}*`, `${LEDGER_PREFIX}*`, `${WEDDING_PREFIX}*`, SETTINGS_KEY],
  commands: [
    ...CLUSTER_CLIENT,
    ...['+get', '+set', '+del', '+hset', '+hsetnx', '+hget', '+hgetall', '+hlen', '+hdel', '+sadd', '+smembers'],
  ],
};
