import assert from 'node:assert/strict';
import { checkTopology } from '../../../policy-pack/rules/redis-topology.ts';
import { goodStack } from '../good-stack.ts';
import { messageOf } from '../../../policy-pack/message.ts';
import { objectsIn, saidOfAll } from '../support/objects.ts';

describe('redis-topology', () => {
  it('names the shard without a replica', () => {
    assert.deepEqual(saidOfAll(checkTopology, 'redis-cache-1', 'spec.replicas', 1), [
      'StatefulSet redis/cache-1: spec.replicas is 1. Shard 1 of the Redis Cluster redis/cache has no replica: its answers are ' +
        'lost with its one node. Set it to 2, a master and its replica.',
    ]);
  });

  it('names the StatefulSets of a cluster with too few masters', () => {
    const two = goodStack().filter(({ name }) => name !== 'redis-cache-2');
    assert.deepEqual(checkTopology(objectsIn(two)).map(messageOf), [
      'Redis Cluster redis/cache: its number of masters is 2 (cache-0, cache-1). Fewer than 3 masters cannot agree on a failover. ' +
        'Make at least 3 shards, a StatefulSet with a master and its replica each.',
    ]);
  });

  it('asks for six nodes where Redis itself pairs masters and replicas', () => {
    const labels = { 'app.kubernetes.io/name': 'redis' };
    const pool = goodStack().filter(({ name }) => name === 'redis-cache-0');
    const [single] = structuredClone(pool);
    const spec = single?.inputs['spec'] as { replicas: number; template: { metadata: unknown } };
    spec.replicas = 5;
    spec.template.metadata = { labels };
    (single?.inputs['metadata'] as { labels: unknown }).labels = labels;
    assert.deepEqual(checkTopology(objectsIn(single ? [single] : [])).map(messageOf), [
      'StatefulSet redis/cache-0: spec.replicas is 5. The Redis Cluster redis/cache-0 would have fewer than 3 masters with a ' +
        'replica each. Run at least 6 nodes: 3 masters and a replica for each.',
    ]);
  });

  it('has nothing to say about a StatefulSet that runs something else', () => {
    const image = `docker.io/library/postgres:18@sha256:${'0'.repeat(64)}`;
    const others = goodStack().map((resource) => {
      const copy = structuredClone(resource);
      if (!copy.name.startsWith('redis-cache-')) return copy;
      const { containers } = (copy.inputs['spec'] as { template: { spec: { containers: object[] } } }).template.spec;
      containers[0] = { name: 'database', image };
      return copy;
    });
    assert.deepEqual(checkTopology(objectsIn(others)), []);
  });
});
