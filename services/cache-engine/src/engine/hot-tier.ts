import type { Clock } from '@wedsync/domain';
import type { Removal } from '../ports/change-feed.ts';
import type { Alias } from './alias.ts';
import { partitionOfKey, type AnswerKey } from './answer-key.ts';
import { Entry } from './entry.ts';
import { Lately } from './hot/lately.ts';
import { SieveStore } from './hot/sieve-store.ts';

/** What a value costs beside its body and the store's own bookkeeping: its objects and its place in its frame, from heap snapshots. */
const OVERHEAD_BYTES = 512;

/**
 * What comes from below enters a full tier if the tier was without it within so many askings in vain for each value it holds. Measured
 * (bench/eviction.ts): it then hits as often on a season, and up to half a point more on Zipf's law, as if all entered; and rounds
 * through more than it holds no longer empty it.
 */
const LATELY = 3;
/** Bytes of capacity for each key that the tier remembers having been without: there are some for each value in it. */
const BYTES_A_KEY = 512;

/** How a value has been used since this process has held it. */
export interface Use {
  readonly uses: number;
  /** Epoch milliseconds. */
  readonly lastUsedAt: number;
}

interface Held extends Use {
  readonly value: Entry | Alias;
  readonly frame: string;
  uses: number;
  lastUsedAt: number;
}

/** The tier inside the process: bounded by bytes. Each value is known by its partition and frame, so that it can be taken back. */
export class HotTier {
  readonly #values: SieveStore<Held>;
  readonly #frames = new Map<string, Map<string, Set<AnswerKey>>>();
  readonly #lately: Lately;
  readonly #clock: Clock;

  /** @param capacity bytes that bodies and bookkeeping may take together. */
  constructor(capacity: number, clock: Clock) {
    this.#clock = clock;
    this.#lately = new Lately(capacity / BYTES_A_KEY);
    this.#values = new SieveStore({
      capacity,
      onLeave: (key, held) => this.#left(key, held),
      isGone: ({ value }) => goneAtOf(value) <= clock.now(),
    });
  }

  /** Bytes held now. */
  get bytes(): number {
    return this.#values.bytes;
  }

  /** Values held now. */
  get size(): number {
    return this.#values.size;
  }

  /** What lies under `key`, unless it is gone. */
  get(key: AnswerKey): Entry | Alias | undefined {
    const held = this.#values.get(key);
    if (held === undefined) return undefined;
    const { value } = held;
    const now = this.#clock.now();
    if (goneAtOf(value) > now) {
      held.uses++;
      held.lastUsedAt = now;
      return value;
    }
    this.#values.delete(key);
    return undefined;
  }

  /**
   * How the value under `key` has been used here. Of one that is not held, how often is forgotten, and when is remembered for a while;
   * `undefined` where it is not.
   */
  useOf(key: AnswerKey): Use | undefined {
    const held = this.#values.peek(key);
    if (held !== undefined) return held;
    const lastUsedAt = this.#lately.lastUse(key);
    return lastUsedAt === undefined ? undefined : { uses: 0, lastUsedAt };
  }

  /**
   * Keeps `value`, which was read from a tier below, if there is room, or it was here or wanted here lately. What is asked for once in a
   * long while is then answered and forgotten: kept, it would push out as much as it brings, and reach the collector's old generation.
   */
  offer(key: AnswerKey, value: Entry | Alias, frame: string): void {
    const enters = this.#values.fits(key, bytesOf(value)) || this.#lately.has(key, LATELY * this.size);
    this.#lately.asked(key, this.#clock.now());
    if (enters) this.#keep(key, value, frame);
  }

  /** Keeps `value`, which is new; one larger than the whole tier is not kept. */
  set(key: AnswerKey, value: Entry | Alias, frame: string): void {
    this.#lately.asked(key, this.#clock.now());
    this.#keep(key, value, frame);
  }

  /** Forgets one value. */
  delete(key: AnswerKey): void {
    this.#values.delete(key);
  }

  /** Takes back what a removal names; how many values that were. */
  remove(partition: string, removal: Removal): number {
    const keys = this.#named(partition, removal);
    return keys.filter((key) => this.#values.delete(key)).length;
  }

  /** Forgets everything. */
  clear(): void {
    for (const key of this.#values.keys()) release(this.#values.peek(key));
    this.#values.clear();
    this.#frames.clear();
  }

  #keep(key: AnswerKey, value: Entry | Alias, frame: string): void {
    const held = { value, frame, uses: 0, lastUsedAt: this.#clock.now() };
    const before = this.#values.peek(key)?.value;
    if (before instanceof Entry) before.held = false;
    if (!this.#values.set(key, held, bytesOf(value))) return;
    if (value instanceof Entry) value.held = true;
    this.#list(key, frame);
  }

  #left(key: AnswerKey, held: Held): void {
    release(held);
    this.#lately.left(key, held.lastUsedAt);
    this.#unlist(key, held.frame);
  }

  #named(partition: string, removal: Removal): readonly AnswerKey[] {
    if (removal.scope === 'keys') return removal.keys;
    const frames = this.#frames.get(partition);
    if (frames === undefined) return [];
    const chosen = removal.scope === 'partition' ? [...frames.values()] : removal.frames.map((id) => frames.get(id));
    return chosen.flatMap((keys) => [...(keys ?? [])]);
  }

  #list(key: AnswerKey, frame: string): void {
    const partition = partitionOfKey(key);
    let frames = this.#frames.get(partition);
    if (frames === undefined) this.#frames.set(partition, (frames = new Map<string, Set<AnswerKey>>()));
    const keys = frames.get(frame);
    if (keys === undefined) frames.set(frame, new Set([key]));
    else keys.add(key);
  }

  #unlist(key: AnswerKey, frame: string): void {
    const partition = partitionOfKey(key);
    const frames = this.#frames.get(partition);
    const keys = frames?.get(frame);
    keys?.delete(key);
    if (keys?.size === 0) frames?.delete(frame);
    if (frames?.size === 0) this.#frames.delete(partition);
  }
}

function release(held: Held | undefined): void {
  if (held?.value instanceof Entry) held.value.held = false;
}

function bytesOf(value: Entry | Alias): number {
  return OVERHEAD_BYTES + (value instanceof Entry ? value.body.length : 0);
}

function goneAtOf(value: Entry | Alias): number {
  return value instanceof Entry ? value.lifetime.goneAt : value.goneAt;
}
