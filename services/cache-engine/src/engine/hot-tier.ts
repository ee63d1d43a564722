import type { Clock } from '@wedsync/domain';
import type { Removal } from '../ports/change-feed.ts';
import type { Alias } from './alias.ts';
import { partitionOfKey, type AnswerKey } from './answer-key.ts';
import { Entry } from './entry.ts';
import { SieveStore } from './hot/sieve-store.ts';

/** What a value costs beside its body and the store's own bookkeeping: its objects and its place in its frame, from heap snapshots. */
const OVERHEAD_BYTES = 512;

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
  readonly #clock: Clock;

  /** @param capacity bytes that bodies and bookkeeping may take together. */
  constructor(capacity: number, clock: Clock) {
    this.#clock = clock;
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

  /** How the value under `key` has been used here; `undefined` when it is not held. */
  useOf(key: AnswerKey): Use | undefined {
    return this.#values.peek(key);
  }

  /** Keeps `value`; one larger than the whole tier is not kept. */
  set(key: AnswerKey, value: Entry | Alias, frame: string): void {
    const held = { value, frame, uses: 0, lastUsedAt: this.#clock.now() };
    const bytes = OVERHEAD_BYTES + (value instanceof Entry ? value.body.length : 0);
    const before = this.#values.peek(key)?.value;
    if (before instanceof Entry) before.held = false;
    if (!this.#values.set(key, held, bytes)) return;
    if (value instanceof Entry) value.held = true;
    this.#list(key, frame);
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

  #left(key: AnswerKey, held: Held): void {
    release(held);
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

function goneAtOf(value: Entry | Alias): number {
  return value instanceof Entry ? value.lifetime.goneAt : value.goneAt;
}
