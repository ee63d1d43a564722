import assert from 'node:assert/strict';
import { reshapings } from '../../../components/redis/reshaping.ts';

describe('what the seasons do to the shards of a Redis Cluster', () => {
  it('is nothing for a cluster of the fewest shards', () => {
    for (const { shards, steps } of reshapings('redis-cache', 3)) {
      assert.equal(shards, '3 → 3');
      assert.deepEqual(steps, []);
    }
  });

  it('is a step for each pair of shards between which slots move, the year round', () => {
    const [spring, summer, winter] = reshapings('redis-cache', 6);
    assert.deepEqual(
      [spring, summer],
      [
        {
          change: 'off-season → pre-season',
          shards: '3 → 4',
          steps: [
            'redis-cache-0 gives 1365 slots to redis-cache-3',
            'redis-cache-1 gives 1365 slots to redis-cache-3',
            'redis-cache-2 gives 1366 slots to redis-cache-3',
          ],
        },
        {
          change: 'pre-season → peak',
          shards: '4 → 6',
          steps: [
            'redis-cache-0 gives 819 slots to redis-cache-4',
            'redis-cache-0 gives 546 slots to redis-cache-5',
            'redis-cache-1 gives 819 slots to redis-cache-4',
            'redis-cache-1 gives 546 slots to redis-cache-5',
            'redis-cache-2 gives 819 slots to redis-cache-4',
            'redis-cache-2 gives 546 slots to redis-cache-5',
            'redis-cache-3 gives 273 slots to redis-cache-4',
            'redis-cache-3 gives 1092 slots to redis-cache-5',
          ],
        },
      ],
    );
    assert.equal(winter?.shards, '6 → 3');
    assert.equal(
      winter.steps.map((text) => Number(/gives (\d+)/.exec(text)?.[1])).reduce((sum, count) => sum + count, 0),
      2731 + 2730 + 2730,
    );
  });
});
