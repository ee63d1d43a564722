import assert from 'node:assert/strict';
import { mostCommon, SlotMap } from '../../../../services/cache-engine/src/adapters/redis/slot-map.ts';

const HALF = 8192;
const reply = (first: string, second: string) => [
  [HALF, 16_383, ['b', 6379, 'id-b', []], ['y', 6379, 'id-y', []]],
  [0, HALF - 1, [first, 6379, 'id-a', []], [second, 6379, 'id-x', []]],
];

describe('the slot map of a Redis Cluster', () => {
  it('knows the master and the replicas of every key', () => {
    const map = SlotMap.parse(reply('a', 'x'), 'asked');
    // Slots 12182 and 5061, by the formula of the cluster specification.
    assert.deepEqual(map.shardOf('foo'), ['b:6379', 'y:6379']);
    assert.deepEqual(map.shardOf('bar'), ['a:6379', 'x:6379']);
    assert.deepEqual(map.shardOf('any{bar}thing'), ['a:6379', 'x:6379']);
    assert.deepEqual([...map.masters].sort(), ['a:6379', 'b:6379']);
    assert.deepEqual([...map.nodes].sort(), ['a:6379', 'b:6379', 'x:6379', 'y:6379']);
  });

  it('takes the name it asked for a node that does not know its own', () => {
    assert.deepEqual(SlotMap.parse([[0, 16_383, ['', 1], [null, 2]]], 'asked').shardOf('k'), ['asked:1', 'asked:2']);
  });

  it('knows nobody for a slot that nobody serves', () => {
    assert.equal(SlotMap.parse([[0, 0, ['a', 1]]], 'asked').shardOf('foo'), undefined);
    assert.equal(SlotMap.parse([], 'asked').shardOf('foo'), undefined);
  });

  it('is the one that most nodes tell, not the one of a node that slept through a failover', () => {
    const [old, now] = [reply('a', 'x'), reply('x', 'a')];
    const maps = [old, now, now].map((one) => SlotMap.parse(one, 'asked'));
    assert.deepEqual(mostCommon(maps)?.shardOf('bar'), ['x:6379', 'a:6379']);
    assert.equal(mostCommon([]), undefined);
  });
});
