import assert from 'node:assert/strict';
import { clustersOf } from '../../../services/console/src/pages/overview/shards.ts';

const node = (name: string) => ({
  ...{ name, up: true, role: 'master', clusterOk: true },
  ...{ memoryBytes: null, memoryLimitBytes: null, clients: null },
});

describe('the clusters of Redis nodes', () => {
  it('are those of their names, shard by shard, in the order of the numbers', () => {
    const names = ['redis-queue-0-0', 'redis-cache-10-0', 'redis-cache-2-1', 'redis-cache-2-0'];
    const clusters = clustersOf(names.map(node)).map(({ name, shards }) => [
      name,
      shards.map((shard) => [shard.name, shard.nodes.map((one) => one.name)]),
    ]);
    assert.deepEqual(clusters, [
      [
        'redis-cache',
        [
          ['redis-cache-2', ['redis-cache-2-0', 'redis-cache-2-1']],
          ['redis-cache-10', ['redis-cache-10-0']],
        ],
      ],
      ['redis-queue', [['redis-queue-0', ['redis-queue-0-0']]]],
    ]);
  });

  it('have a node alone whose name says nothing', () => {
    assert.deepEqual(clustersOf([node('other')]), [
      { name: 'other', shards: [{ name: 'other', nodes: [node('other')] }] },
    ]);
  });
});
