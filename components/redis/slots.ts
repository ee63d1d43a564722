import { LEAST_REDIS_SHARDS as LEAST_SHARDS } from '@wedsync/domain';

/** Hash slots of a Redis Cluster, by its specification. */
export const HASH_SLOTS = 16384;

/** Slots from `first` to `last`, both included. */
export interface SlotRange {
  readonly first: number;
  readonly last: number;
}

/** Slots that go from one shard to another; shards by index. */
export interface SlotMove {
  readonly from: number;
  readonly to: number;
  readonly ranges: readonly SlotRange[];
}

/**
 * The slots of each of `count` shards: all slots, each once, none with more than one slot above another. Three shards have a third
 * each, in order; every further shard takes its part from the ends of those before it, so that nothing else ever moves.
 */
export function slotLayout(count: number): readonly (readonly SlotRange[])[] {
  let layout: readonly (readonly SlotRange[])[] = Array.from({ length: LEAST_SHARDS }, (_, index) => [
    {
      first: Math.floor((index * HASH_SLOTS) / LEAST_SHARDS),
      last: Math.floor(((index + 1) * HASH_SLOTS) / LEAST_SHARDS) - 1,
    },
  ]);
  while (layout.length < count) layout = withOneMore(layout);
  return layout;
}

/** The moves that make `to` shards of `from`; each slot moves once at most, straight to where it belongs. */
export function slotMoves(from: number, to: number): SlotMove[] {
  const before = slotLayout(from);
  const after = slotLayout(to);
  return before.flatMap((own, giver) =>
    after.flatMap((wanted, taker) => {
      const ranges = giver === taker ? [] : common(own, wanted);
      return ranges.length === 0 ? [] : [{ from: giver, to: taker, ranges }];
    }),
  );
}

/** How many slots `ranges` have together. */
export function slotCount(ranges: readonly SlotRange[]): number {
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

/** Ranges as the keeper's scripts read them: `0-4095,8192`. */
export function formatSlots(ranges: readonly SlotRange[]): string {
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}

function withOneMore(layout: readonly (readonly SlotRange[])[]): readonly (readonly SlotRange[])[] {
  const share = Math.floor(HASH_SLOTS / (layout.length + 1));
  const larger = HASH_SLOTS - share * (layout.length + 1);
  const split = layout.map((ranges, index) => splitAt(ranges, index < larger ? share + 1 : share));
  return [...split.map(([kept]) => kept), joined(split.flatMap(([, given]) => given))];
}

/** The first `count` slots of `ranges`, and the rest. */
function splitAt(ranges: readonly SlotRange[], count: number): [SlotRange[], SlotRange[]] {
  const head: SlotRange[] = [];
  const tail: SlotRange[] = [];
  let left = count;
  for (const { first, last } of ranges) {
    const end = Math.min(last, first + left - 1);
    if (end >= first) head.push({ first, last: end });
    if (end < last) tail.push({ first: Math.max(first, end + 1), last });
    left -= Math.max(0, end - first + 1);
  }
  return [head, tail];
}

/** The same slots in order, neighbouring ranges as one. */
function joined(ranges: readonly SlotRange[]): SlotRange[] {
  const result: SlotRange[] = [];
  for (const range of ranges.toSorted((one, other) => one.first - other.first)) {
    const before = result.at(-1);
    if (before?.last === range.first - 1) result[result.length - 1] = { first: before.first, last: range.last };
    else result.push(range);
  }
  return result;
}

function common(some: readonly SlotRange[], others: readonly SlotRange[]): SlotRange[] {
  return some.flatMap((one) =>
    others
      .map((other) => ({ first: Math.max(one.first, other.first), last: Math.min(one.last, other.last) }))
      .filter(({ first, last }) => first <= last),
  );
}
