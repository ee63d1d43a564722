import type { Twin } from './twin.ts';

const DIGEST = `@sha256:${'b'.repeat(64)}`;
const redis = (title: string, violating: string, mended: string, says: string): Twin => ({
  title,
  resource: 'redis-cache-1',
  field: 'spec.template.spec.containers[0].image',
  violating: `${violating}${DIGEST}`,
  mended: `${mended}${DIGEST}`,
  says,
});

export const redisVersionTwins: readonly Twin[] = [
  redis('Redis 8.2.2', 'redis:8.2.2', 'redis:8.2.10', 'Use 8.2.10 or later'),
  redis('Redis of a line that was given up', 'redis:8.0.6', 'redis:8.10.2', 'Use 8.10.2 or later'),
  redis(
    'Redis 7.4 without its last mending',
    'redis:7.4.10-alpine',
    'redis:7.4.11-alpine',
    'a known hole, redis/redis#15478',
  ),
  redis('Redis of a line that no list names', 'redis:7.0.15', 'redis:7.2.16', 'known holes, the newest of them'),
  redis('a tag without the patch', 'redis:8.2', 'redis:8.2.10', 'It does not say which Redis runs'),
  redis('a word for a tag', 'redis:stable', 'redis:8.2.10', 'It does not say which Redis runs'),
  {
    title: 'Valkey with a known hole in a CronJob',
    resource: 'redis-healing',
    field: 'spec.jobTemplate.spec.template.spec.containers[0].image',
    violating: `docker.io/library/valkey:8.1.3${DIGEST}`,
    mended: `docker.io/library/valkey:8.1.9${DIGEST}`,
    says: 'CronJob redis/cache-healing, container keeper',
  },
];
