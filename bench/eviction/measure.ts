import { performance } from 'node:perf_hooks';
import {
  footprint,
  type HotStore,
  type HotStoreOptions,
} from '../../services/cache-engine/src/engine/hot/hot-store.ts';
import type { KeyTrace } from './key-trace.ts';

/** What is stored: all that matters is when it expires. */
export interface Stored {
  readonly until: number;
}

/** Makes an empty store. */
export type MakeStore = (options: HotStoreOptions<Stored>) => HotStore<Stored>;

const LASTING: Stored = { until: Infinity };

/** Bytes that every key's value of a trace would take together. */
export function bytesOf({ bytes }: Pick<KeyTrace, 'bytes'>): number {
  let total = 0;
  for (const [key, size] of bytes) total += footprint(key, size);
  return total;
}

/** The share of a trace's look-ups that a store of `capacity` bytes answers; what it does not is set. */
export function hitRate(make: MakeStore, { lookups, bytes }: KeyTrace, capacity: number): number {
  let now = -Infinity;
  const store = make({ capacity, isGone: ({ until }) => until <= now });
  let hits = 0;
  for (const { key, at, until } of lookups) {
    now = at;
    const found = store.get(key);
    if (found !== undefined && found.until > at) {
      hits++;
      continue;
    }
    if (found !== undefined) store.delete(key);
    store.set(key, { until }, bytes.get(key) ?? 0);
  }
  return hits / lookups.length;
}

/** What the two operations cost, in nanoseconds each. */
export interface Cost {
  /** A `get` that hits, by the popularity of the trace. */
  readonly get: number;
  /** A `set` of a new key that makes others leave. */
  readonly set: number;
}

/** What a store's operations cost in one round: every look-up a hit, then every set of a new key into a full store. */
export function costOf(make: MakeStore, { lookups, bytes }: KeyTrace): Cost {
  const all = bytesOf({ bytes });
  const roomy = make({ capacity: 2 * all });
  for (const [key, size] of bytes) roomy.set(key, LASTING, size);
  let found = 0;
  const get = nanosecondsEach(lookups, ({ key }) => {
    if (roomy.get(key) !== undefined) found++;
  });
  if (found < lookups.length * 0.99)
    throw new Error('A roomy store has lost values; the cost of a hit was not measured.');
  const full = make({ capacity: Math.floor(all / 10) });
  for (const [key, size] of bytes) full.set(key, LASTING, size);
  const fresh = [...bytes].map(([key, size]) => [`${key}'`, size] as const);
  const set = nanosecondsEach(fresh, ([key, size]) => full.set(key, LASTING, size));
  return { get, set };
}

function nanosecondsEach<T>(items: readonly T[], run: (item: T) => unknown): number {
  const begun = performance.now();
  for (const item of items) run(item);
  return ((performance.now() - begun) * 1e6) / items.length;
}
