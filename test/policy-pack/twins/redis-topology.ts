import { budget, goodStack } from '../good-stack.ts';
import { withField } from '../support/edit.ts';
import type { TestResource } from '../support/resource.ts';
import type { Twin } from './twin.ts';

/** One StatefulSet whose nodes Redis itself pairs, in a namespace of its own. */
function pool(): TestResource {
  const [shard] = withField(
    withField(
      withField(
        goodStack().filter(({ name }) => name === 'redis-cache-0'),
        'redis-cache-0',
        'spec.template.metadata.labels',
        { 'app.kubernetes.io/name': 'redis', 'app.kubernetes.io/instance': 'sessions' },
      ),
      'redis-cache-0',
      'metadata',
      { name: 'sessions', namespace: 'redis' },
    ),
    'redis-cache-0',
    'spec.replicas',
    6,
  ).map((resource) => spreadOver(resource, { matchLabels: { 'app.kubernetes.io/instance': 'sessions' } }));
  if (!shard) throw new Error('The good stack has no Redis.');
  return { ...shard, name: 'redis-sessions' };
}

/** The third shard, kept apart whichever shard or cluster its labels say that it is of. */
function strayShard(selector: object): TestResource {
  const shard = goodStack().find(({ name }) => name === 'redis-cache-2');
  if (!shard) throw new Error('The good stack has no third shard.');
  return spreadOver(shard, selector);
}

function spreadOver(set: TestResource, selector: object): TestResource {
  const field = 'spec.template.spec.topologySpreadConstraints[0].labelSelector';
  return withField([set], set.name, field, selector)[0] ?? set;
}

export const redisTopologyTwins: readonly Twin[] = [
  {
    title: 'a shard without a replica',
    resource: 'redis-cache-1',
    field: 'spec.replicas',
    violating: 1,
    mended: 2,
    says: 'Shard 1 of the Redis Cluster redis/cache has no replica',
  },
  {
    title: 'a shard that leaves its number of nodes to the default, which is one',
    resource: 'redis-cache-1',
    field: 'spec.replicas',
    violating: undefined,
    mended: 3,
    says: 'spec.replicas is not set',
  },
  {
    title: 'two shards, since one bears the label of another',
    resources: [strayShard({ matchExpressions: [{ key: 'wedsync.io/shard', operator: 'In', values: ['1', '2'] }] })],
    resource: 'redis-cache-2',
    field: 'spec.template.metadata.labels["wedsync.io/shard"]',
    violating: '1',
    mended: '2',
    says: 'Fewer than 3 masters',
  },
  {
    title: 'two shards, since the third belongs to another cluster',
    resources: [
      strayShard({ matchLabels: { 'wedsync.io/shard': '2' } }),
      budget('redis', 'queue-redis', { 'app.kubernetes.io/instance': 'queue' }),
    ],
    resource: 'redis-cache-2',
    field: 'spec.template.metadata.labels["app.kubernetes.io/instance"]',
    violating: 'queue',
    mended: 'cache',
    says: 'Fewer than 3 masters',
  },
  {
    title: 'five nodes in one StatefulSet',
    resources: [pool(), budget('redis', 'sessions-redis', { 'app.kubernetes.io/instance': 'sessions' })],
    resource: 'redis-sessions',
    field: 'spec.replicas',
    violating: 5,
    mended: 6,
    says: 'The Redis Cluster redis/sessions would have fewer than 3 masters',
  },
];
