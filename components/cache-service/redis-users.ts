import { CACHE_KEY_PREFIX, VENDOR_KEY_PREFIX } from '@wedsync/cache-engine/contract';
import type { RedisUser } from '../redis/acl.ts';

/** What a cluster client needs to find its way: topology, replica reads, and to say who it is. */
const CLIENT_COMMANDS = [
  '+ping',
  '+info',
  '+readonly',
  '+readwrite',
  '+client|setname',
  '+client|setinfo',
  '+cluster|slots',
  '+cluster|shards',
  '+cluster|nodes',
  '+cluster|info',
];

/** The engine on the cache cluster: answers and nothing else. */
export const ENGINE_CACHE_USER: RedisUser = {
  name: 'engine',
  keys: [`${CACHE_KEY_PREFIX}*`],
  commands: [...CLIENT_COMMANDS, '+get', '+set', '+del', '+unlink', '+pttl'],
};

/** The engine on the durable cluster: the vendors' keys and nothing else. */
export const ENGINE_QUEUE_USER: RedisUser = {
  name: 'engine',
  keys: [`${VENDOR_KEY_PREFIX}*`],
  commands: [
    ...CLIENT_COMMANDS,
    '+get',
    '+set',
    '+del',
    '+wait',
    '+sadd',
    '+srem',
    '+smembers',
    '+hset',
    '+hget',
    '+hgetall',
    '+hdel',
    '+mget',
  ],
};
