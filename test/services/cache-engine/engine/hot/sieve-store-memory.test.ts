import assert from 'node:assert/strict';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SieveStore } from '../../../../../services/cache-engine/src/engine/hot/sieve-store.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options?: { readonly type: 'minor' }) => void;

/** Values held at once, and elements of each: about four kilobytes. */
const HELD = 300;
const ELEMENTS = 500;
const HELD_BYTES = HELD * ELEMENTS * 8;

const oldBytes = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space')?.space_used_size;

/** How far the old generation grows while values come and go, only the young one being collected. */
function growth(rounds: number): number {
  const store = new SieveStore<number[]>({ capacity: HELD * 1024 });
  let next = 0;
  const churn = () => {
    for (let count = 0; count < 4 * HELD; count++)
      store.set(`key ${next++}`, new Array<number>(ELEMENTS).fill(0.5), 800);
    collect({ type: 'minor' });
  };
  for (let round = 0; round < 5; round++) churn();
  collect();
  const before = oldBytes() as number;
  for (let round = 0; round < rounds; round++) churn();
  assert.ok(store.size > 0);
  return (oldBytes() as number) - before;
}

describe('what a SIEVE store leaves to the collector', () => {
  it('is not dragged into the old generation once it has left the store', () => {
    const grown = growth(20);
    assert.ok(grown < 4 * HELD_BYTES, `The old generation grew by ${grown} bytes; ${HELD_BYTES} are held.`);
  });
});
