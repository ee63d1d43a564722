import { budget } from '../good-stack.ts';
import type { Twin } from './twin.ts';

const INSTANCE = 'spec.selector.matchLabels["app.kubernetes.io/instance"]';

export const disruptionBudgetsTwins: readonly Twin[] = [
  {
    title: 'a Redis Cluster that no budget covers',
    resource: 'cache-redis-budget',
    field: INSTANCE,
    violating: 'somebody-else',
    mended: 'cache',
    says: 'StatefulSet redis/cache-0: its disruption budget is not set',
  },
  {
    title: 'an engine that no budget of its namespace covers',
    resource: 'cache-engine-budget',
    field: 'metadata.namespace',
    violating: 'redis',
    mended: 'cache',
    says: 'Deployment cache/cache-engine: its disruption budget is not set',
  },
  {
    title: 'a budget that lets two nodes of Redis go',
    resource: 'cache-redis-budget',
    field: 'spec.maxUnavailable',
    violating: 2,
    mended: 1,
    says: '2 of the 6 nodes of the Redis Cluster redis/cache may be taken at once',
  },
  {
    title: 'a budget that lets a share of Redis go, which is two nodes',
    resource: 'cache-redis-budget',
    field: 'spec.maxUnavailable',
    violating: '25%',
    mended: '10%',
    says: 'spec.maxUnavailable is "25%"',
  },
  {
    title: 'a budget that keeps four of six nodes of Redis',
    resources: [
      {
        ...budget('redis', 'cache-redis', {}),
        inputs: {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          metadata: { name: 'cache-redis', namespace: 'redis' },
          spec: { minAvailable: 4, selector: { matchLabels: { 'app.kubernetes.io/name': 'redis' } } },
        },
      },
    ],
    resource: 'cache-redis-budget',
    field: 'spec.minAvailable',
    violating: 4,
    mended: 5,
    says: 'spec.minAvailable is 4',
  },
  {
    title: 'a budget that lets all engines go',
    resource: 'cache-engine-budget',
    field: 'spec.maxUnavailable',
    violating: '100%',
    mended: '20%',
    says: 'All 25 Pods of Deployment cache/cache-engine may be taken at once',
  },
];
