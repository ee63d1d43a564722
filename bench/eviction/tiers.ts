import type { Clock, Lifetime } from '@wedsync/domain';
import { Entry, type Making } from '../../services/cache-engine/src/engine/entry.ts';
import { HotTier } from '../../services/cache-engine/src/engine/hot-tier.ts';
import type { KeyTrace } from './key-trace.ts';

/** What a hot tier does with what is read from the tier below: takes all of it, or chooses. */
export type Entrance = 'set' | 'offer';

/** How a hot tier does above a tier that holds everything. */
export interface TierRates {
  /** Share of the look-ups that the hot tier answers. */
  readonly hits: number;
  /** Share of what was read from below that entered it. */
  readonly entered: number;
}

const MAKING: Making = { milliseconds: 0, tokens: 0, microDollars: 0 };
const FRAME = 'frame';

/** The engine's own hot tier of `capacity` bytes under a trace: what has never been stored, or has expired, is made and set. */
export function tierRates({ lookups, bytes }: KeyTrace, capacity: number, entrance: Entrance): TierRates {
  let now = 0;
  const clock: Clock = { now: () => now };
  const tier = new HotTier(capacity, clock);
  const below = new Map<string, Entry>();
  const content = Buffer.alloc([...bytes.values()].reduce((most, size) => Math.max(most, size), 0));
  let [hits, reads, entered] = [0, 0, 0];
  for (const { key, at, until } of lookups) {
    now = at;
    if (tier.get(key) !== undefined) {
      hits++;
      continue;
    }
    const stored = below.get(key);
    if (stored === undefined || stored.lifetime.goneAt <= now) {
      const made = new Entry(content.subarray(0, bytes.get(key)), lifetimeUntil(until, now), MAKING);
      below.set(key, made);
      tier.set(key, made, FRAME);
      continue;
    }
    reads++;
    tier[entrance](key, stored, FRAME);
    if (stored.held) entered++;
  }
  return { hits: hits / lookups.length, entered: reads === 0 ? 0 : entered / reads };
}

function lifetimeUntil(goneAt: number, bornAt: number): Lifetime {
  return { bornAt, freshUntil: goneAt, staleUntil: goneAt, goneAt };
}
