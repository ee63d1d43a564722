import { footprint } from '../../services/cache-engine/src/engine/hot/hot-store.ts';
import type { KeyTrace } from './key-trace.ts';

/**
 * The hit rate of who knows the future: what will be asked for last leaves first, and what leaves at once is not taken in (Belady,
 * 1966). It is the best there is for values of one size, and close to it for the sizes of answers.
 */
export function beladyHitRate(trace: KeyTrace, capacity: number): number {
  const { bytes } = trace;
  const lookups = generations(trace);
  const next = nextUses(lookups.map(({ name }) => name));
  const held = new Map<string, { readonly key: string; priority: number }>();
  const farthest = new MaxHeap();
  let used = 0;
  let hits = 0;
  lookups.forEach(({ key, name }, index) => {
    const priority = next[index] as number;
    if (held.has(name)) hits++;
    else used += footprint(key, bytes.get(key) ?? 0);
    held.set(name, { key, priority });
    farthest.push(priority, name);
    while (used > capacity) {
      const top = farthest.pop();
      const victim = held.get(top.name);
      // What was used since it was put on the heap stands there again, under its newer use.
      if (victim?.priority !== top.priority) continue;
      held.delete(top.name);
      used -= footprint(victim.key, bytes.get(victim.key) ?? 0);
    }
  });
  return hits / lookups.length;
}

/** The hit rate of holding, all the time, what is asked for most for its bytes; the first look-up of every value is a miss all the same. */
export function staticHitRate(trace: KeyTrace, capacity: number): number {
  const values = new Map<string, { readonly key: string; hits: number }>();
  const lives = new Set<string>();
  for (const { key, name } of generations(trace)) {
    const value = values.get(key) ?? { key, hits: 0 };
    if (lives.has(name)) value.hits++;
    lives.add(name);
    values.set(key, value);
  }
  const byWorth = [...values.values()]
    .map(({ key, hits }) => ({ hits, size: footprint(key, trace.bytes.get(key) ?? 0) }))
    .sort((one, other) => other.hits / other.size - one.hits / one.size);
  let used = 0;
  let total = 0;
  for (const { hits, size } of byWorth) {
    if (used + size > capacity) continue;
    used += size;
    total += hits;
  }
  return total / trace.lookups.length;
}

/** Each look-up with a name for the life of the value that it would find if everything were held: after an expiry it is another. */
function generations({ lookups }: KeyTrace): readonly { readonly key: string; readonly name: string }[] {
  const lives = new Map<string, { readonly name: string; readonly until: number }>();
  return lookups.map(({ key, at, until }, index) => {
    let life = lives.get(key);
    if (life === undefined || life.until <= at) {
      life = { name: `${key} ${index}`, until };
      lives.set(key, life);
    }
    return { key, name: life.name };
  });
}

/** For each look-up, the index of the next one of the same name. What never comes again has an index after all others, each its own. */
function nextUses(names: readonly string[]): Float64Array {
  const next = new Float64Array(names.length);
  const seen = new Map<string, number>();
  for (let index = names.length - 1; index >= 0; index--) {
    const name = names[index] as string;
    next[index] = seen.get(name) ?? names.length + index;
    seen.set(name, index);
  }
  return next;
}

interface Ranked {
  readonly priority: number;
  readonly name: string;
}

/** A binary heap, largest first. */
class MaxHeap {
  readonly #items: Ranked[] = [];

  push(priority: number, name: string): void {
    const items = this.#items;
    let place = items.push({ priority, name }) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if ((items[above] as Ranked).priority >= priority) break;
      this.#swap(place, above);
      place = above;
    }
  }

  /** The largest; there must be one. */
  pop(): Ranked {
    const items = this.#items;
    const top = items[0] as Ranked;
    const last = items.pop() as Ranked;
    if (items.length === 0) return top;
    items[0] = last;
    for (let place = 0; ;) {
      const left = 2 * place + 1;
      if (left >= items.length) return top;
      const right = left + 1;
      const larger = right < items.length && this.#at(right) > this.#at(left) ? right : left;
      if (this.#at(larger) <= this.#at(place)) return top;
      this.#swap(place, larger);
      place = larger;
    }
  }

  #at(place: number): number {
    return (this.#items[place] as Ranked).priority;
  }

  #swap(one: number, other: number): void {
    const items = this.#items;
    [items[one], items[other]] = [items[other] as Ranked, items[one] as Ranked];
  }
}
