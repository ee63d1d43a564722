import type { Twin } from './twin.ts';

const POD = 'spec.template.spec';
const SPREAD = `${POD}.topologySpreadConstraints`;
const SHARD = {
  matchLabels: {
    'app.kubernetes.io/name': 'redis',
    'app.kubernetes.io/instance': 'cache',
    'wedsync.io/shard': '1',
  },
};
const constraint = (changed: object) => [
  {
    topologyKey: 'topology.kubernetes.io/zone',
    maxSkew: 1,
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: SHARD,
    ...changed,
  },
];
const shard = (
  title: string,
  violating: unknown,
  says = 'Nothing keeps the master and its replica out of one zone',
) => ({
  title,
  resource: 'redis-cache-1',
  field: SPREAD,
  violating,
  mended: constraint({}),
  says,
});

export const redisZoneSpreadTwins: readonly Twin[] = [
  shard('a shard that nothing spreads', undefined, `${SPREAD} is not set`),
  shard('a shard that is spread only if that is easy', constraint({ whenUnsatisfiable: 'ScheduleAnyway' })),
  shard('a shard that is spread over machines', constraint({ topologyKey: 'kubernetes.io/hostname' })),
  shard('a shard two of whose nodes may stand in one zone', constraint({ maxSkew: 2 })),
  shard(
    'a constraint over all shards together',
    constraint({ labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'redis' } } }),
  ),
  shard(
    'a constraint over other Pods',
    constraint({ labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'engine' } } }),
  ),
  {
    title: 'a shard that is tied to one zone',
    resource: 'redis-cache-1',
    field: `${POD}.nodeSelector["topology.kubernetes.io/zone"]`,
    violating: 'europe-west2-a',
    mended: undefined,
    says: 'would stand in one zone',
  },
];
