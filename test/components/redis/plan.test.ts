import assert from 'node:assert/strict';
import { planRedisCluster, type RedisClusterFigures } from '../../../components/redis/plan.ts';

const FIGURES: RedisClusterFigures = {
  place: { namespace: 'wedsync-redis', name: 'redis-cache' },
  profile: 'cache',
  image: `docker.io/library/redis:8.2.3@sha256:${'a'.repeat(64)}`,
  present: { shards: 3, memoryMiB: 56 * 1024 },
  full: { shards: 3, memoryMiB: 56 * 1024 },
  zones: 3,
  quiet: { posixZone: 'GMT0BST,M3.5.0/1,M10.5.0', dates: ['2027-08-06'] },
};

describe('the plan of a Redis Cluster', () => {
  it('has three shards of a master and a replica that never share a machine nor a zone', () => {
    const { statefulSets } = planRedisCluster(FIGURES);
    assert.deepEqual(
      statefulSets.map(({ name, spec }) => [name, spec.replicas]),
      [
        ['redis-cache-0', 2],
        ['redis-cache-1', 2],
        ['redis-cache-2', 2],
      ],
    );
    for (const [index, { spec }] of statefulSets.entries()) {
      const pod = json(spec).template.spec;
      const shard = {
        'app.kubernetes.io/name': 'redis',
        'app.kubernetes.io/instance': 'redis-cache',
        'wedsync.io/shard': String(index),
      };
      const [rule] = pod.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
      assert.deepEqual(rule, { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: shard } });
      assert.deepEqual(pod.topologySpreadConstraints[0], {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: shard },
      });
    }
  });

  it('asks for no zones where there is only one', () => {
    const { statefulSets } = planRedisCluster({ ...FIGURES, zones: 1 });
    for (const { spec } of statefulSets)
      assert.equal(JSON.stringify(json(spec)).includes('topology.kubernetes.io/zone'), false);
  });

  it('spreads the nodes of all shards evenly over zones and machines, where there is room', () => {
    const { statefulSets, selector } = planRedisCluster(FIGURES);
    const even = (topologyKey: string) => ({
      ...{ maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: selector } },
    });
    for (const { spec } of statefulSets) {
      const [, ...others] = json(spec).template.spec.topologySpreadConstraints;
      assert.deepEqual(others, [even('topology.kubernetes.io/zone'), even('kubernetes.io/hostname')]);
    }
  });

  it('lets the cache evict and the queue not, and makes the queue refuse what only one node would have', () => {
    const cache = planRedisCluster(FIGURES).configuration;
    const queue = planRedisCluster({ ...FIGURES, profile: 'queue' }).configuration;
    assert.match(cache, /^maxmemory-policy allkeys-lfu$/m);
    assert.match(cache, /^min-replicas-to-write 0$/m);
    assert.match(queue, /^maxmemory-policy noeviction$/m);
    assert.match(queue, /^min-replicas-to-write 1$/m);
    for (const configuration of [cache, queue]) {
      for (const line of [
        'port 0',
        'tls-protocols "TLSv1.3"',
        'tls-cluster yes',
        'tls-replication yes',
        'appendonly yes',
      ])
        assert.ok(configuration.split('\n').includes(line), line);
    }
  });

  it('asks for no smaller volume when there are more shards, since none can shrink', () => {
    const sizes = [3, 4, 6].map((shards) => {
      const size = { shards, memoryMiB: 56 * 1024 };
      return planRedisCluster({ ...FIGURES, present: size, full: size }).size.storageGiB;
    });
    assert.deepEqual(sizes, [28, 28, 28]);
  });

  it('changes the Pods when their configuration changes, and only then', () => {
    const annotation = (figures: RedisClusterFigures) =>
      planRedisCluster(figures).statefulSets.map(({ spec }) => json(spec).template.metadata.annotations);
    assert.deepEqual(annotation(FIGURES), annotation({ ...FIGURES }));
    assert.notDeepEqual(annotation(FIGURES), annotation({ ...FIGURES, present: { shards: 3, memoryMiB: 28 * 1024 } }));
  });

  it('lets one node go at a time', () => {
    const { disruptionBudget, selector } = planRedisCluster(FIGURES);
    assert.deepEqual(disruptionBudget, { maxUnavailable: 1, selector: { matchLabels: selector } });
  });
});

interface PodTemplate {
  template: {
    metadata: { annotations: Record<string, string> };
    spec: {
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: unknown[] } };
      topologySpreadConstraints: unknown[];
    };
  };
}

/** A plan holds plain data, though its type allows Pulumi inputs everywhere. */
function json(spec: unknown): PodTemplate {
  return JSON.parse(JSON.stringify(spec)) as PodTemplate;
}
