import { object, REDIS_CONF } from '../good-stack.ts';
import { twinWith } from './one-resource.ts';
import type { Twin } from './twin.ts';

const QUEUE_CONF = `${REDIS_CONF}maxmemory-policy noeviction\n`;
const queue = object('core/v1', 'ConfigMap', 'queue-configuration', {
  metadata: { name: 'settings', namespace: 'redis', labels: { 'app.kubernetes.io/instance': 'redis-queue' } },
  data: { 'redis.conf': QUEUE_CONF },
});
const conf = (title: string, violating: string, says: string): Twin =>
  twinWith(title, queue, 'data["redis.conf"]', violating, QUEUE_CONF, says);

export const queueDurabilityTwins: readonly Twin[] = [
  conf(
    'a queue that evicts',
    QUEUE_CONF.replace('noeviction', 'allkeys-lru'),
    'maxmemory-policy in data["redis.conf"] is "allkeys-lru"',
  ),
  conf('a queue that evicts what expires', `${QUEUE_CONF}maxmemory-policy volatile-ttl\n`, '"volatile-ttl"'),
  conf(
    'a queue without an append-only file',
    QUEUE_CONF.replace('appendonly yes', 'appendonly no'),
    'gone with a restart',
  ),
  conf(
    'a queue that leaves that to the default',
    QUEUE_CONF.replace('appendonly yes', ''),
    'appendonly in data["redis.conf"] is not set',
  ),
  conf('a queue that leaves writing to the kernel', `${QUEUE_CONF}appendfsync no\n`, 'appendfsync'),
];
