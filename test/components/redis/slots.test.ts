import assert from 'node:assert/strict';
import { LEAST_REDIS_SHARDS as LEAST_SHARDS } from '@wedsync/domain';
import {
  formatSlots,
  HASH_SLOTS,
  slotCount,
  slotLayout,
  slotMoves,
  type SlotRange,
} from '../../../components/redis/slots.ts';
import { fc } from '../../support/property.ts';

const MOST_SHARDS = 30;
/** Each looks at all slots; all pairs of numbers would be hundreds. */
const RUNS = 40;
const counts = fc.integer({ min: LEAST_SHARDS, max: MOST_SHARDS });

function slotsOf(ranges: readonly SlotRange[]): number[] {
  return ranges.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, index) => first + index));
}

/** The owner of each slot. */
function owners(count: number): number[] {
  const result: number[] = [];
  slotLayout(count).forEach((ranges, shard) => slotsOf(ranges).forEach((slot) => (result[slot] = shard)));
  return result;
}

describe('the slots of shards', () => {
  it('are all slots, each once, and shared as evenly as they can be', () => {
    fc.assert(
      fc.property(counts, (count) => {
        const layout = slotLayout(count);
        const all = layout.flatMap(slotsOf).sort((one, other) => one - other);
        assert.deepEqual(all, [...Array(HASH_SLOTS).keys()]);
        const sizes = layout.map(slotCount);
        assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1, sizes.join(' '));
      }),
      { numRuns: RUNS },
    );
  });

  it('move only to new shards when there are more, and no more of them than those need', () => {
    fc.assert(
      fc.property(counts, counts, (one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one];
        const moves = slotMoves(from, to);
        for (const { from: giver, to: taker } of moves) assert.ok(giver < from && taker >= from);
        const needed = slotLayout(to).slice(from).map(slotCount);
        assert.equal(
          moves.reduce((sum, { ranges }) => sum + slotCount(ranges), 0),
          needed.reduce((sum, count) => sum + count, 0),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('are where they belong after the moves', () => {
    fc.assert(
      fc.property(counts, counts, (from, to) => {
        const present = owners(from);
        for (const move of slotMoves(from, to)) {
          for (const slot of slotsOf(move.ranges)) {
            assert.equal(present[slot], move.from);
            present[slot] = move.to;
          }
        }
        assert.deepEqual(present, owners(to));
      }),
      { numRuns: RUNS },
    );
  });

  it('go back the way they came', () => {
    fc.assert(
      fc.property(counts, counts, (from, to) => {
        const sorted = (moves: { from: number; to: number; ranges: readonly SlotRange[] }[]) =>
          moves.map((move) => `${move.from} ${move.to} ${formatSlots(move.ranges)}`).sort();
        const back = slotMoves(to, from).map((move) => ({ ...move, from: move.to, to: move.from }));
        assert.deepEqual(sorted(back), sorted(slotMoves(from, to)));
      }),
      { numRuns: RUNS },
    );
  });

  it('are written as a script reads them', () => {
    const three = slotLayout(3).map(formatSlots);
    assert.deepEqual(three, ['0-5460', '5461-10921', '10922-16383']);
    assert.equal(
      formatSlots([
        { first: 1, last: 1 },
        { first: 4, last: 9 },
      ]),
      '1,4-9',
    );
    assert.equal(formatSlots(slotLayout(4)[3] ?? []), '4096-5460,9557-10921,15018-16383');
  });
});
