import type { Neighbour, VectorIndex } from '../../ports/vector-index.ts';
import type { VectorSet } from './vector-set.ts';

/** Keeps each frame in a set of its own: a search cannot leave its frame, since it has nothing else to look at. */
export class PartitionedIndex implements VectorIndex {
  readonly #dimensions: number;
  readonly #createSet: (dimensions: number) => VectorSet;
  readonly #sets = new Map<string, VectorSet>();

  constructor(dimensions: number, createSet: (dimensions: number) => VectorSet) {
    this.#dimensions = dimensions;
    this.#createSet = createSet;
  }

  add(frame: string, id: string, vector: Float32Array): void {
    this.#check(vector);
    let set = this.#sets.get(frame);
    if (set === undefined) this.#sets.set(frame, (set = this.#createSet(this.#dimensions)));
    set.add(id, vector);
  }

  remove(frame: string, id: string): boolean {
    const set = this.#sets.get(frame);
    const removed = set?.remove(id) ?? false;
    if (set?.size === 0) this.#sets.delete(frame);
    return removed;
  }

  removeFrame(frame: string): number {
    const size = this.#sets.get(frame)?.size ?? 0;
    this.#sets.delete(frame);
    return size;
  }

  search(frame: string, vector: Float32Array, k: number): readonly Neighbour[] {
    this.#check(vector);
    return this.#sets.get(frame)?.search(vector, k) ?? [];
  }

  frames(): Iterable<string> {
    return this.#sets.keys();
  }

  get size(): number {
    return this.#sum('size');
  }

  get bytes(): number {
    return this.#sum('bytes');
  }

  #sum(figure: 'size' | 'bytes'): number {
    let sum = 0;
    for (const set of this.#sets.values()) sum += set[figure];
    return sum;
  }

  #check({ length }: Float32Array): void {
    if (length === this.#dimensions) return;
    throw new RangeError(`The vector has ${length} dimensions: it must have ${this.#dimensions}.`);
  }
}
