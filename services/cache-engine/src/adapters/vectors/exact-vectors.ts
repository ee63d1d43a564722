import type { Neighbour } from '../../ports/vector-index.ts';
import { exactSearch, MetricKind } from './usearch.ts';
import type { VectorSet } from './vector-set.ts';

/**
 * Vectors in one packed array, of which a search looks at every one, in native code: 60 ns each for 384 dimensions. Always right,
 * quick to add to, and small as long as there are few.
 */
export class ExactVectors implements VectorSet {
  readonly #dimensions: number;
  readonly #ids: string[] = [];
  readonly #rowOf = new Map<string, number>();
  #rows: Float32Array;

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
    this.#rows = new Float32Array(dimensions);
  }

  get size(): number {
    return this.#ids.length;
  }

  get bytes(): number {
    return this.#rows.byteLength;
  }

  add(id: string, vector: Float32Array): void {
    const row = this.#rowOf.get(id) ?? this.#ids.length;
    if (row === this.#capacity) this.#resize(2 * row);
    this.#rows.set(vector, row * this.#dimensions);
    this.#ids[row] = id;
    this.#rowOf.set(id, row);
  }

  remove(id: string): boolean {
    const row = this.#rowOf.get(id);
    const last = this.#ids.length - 1;
    const lastId = this.#ids[last];
    if (row === undefined || lastId === undefined) return false;
    // The last row moves into the gap, so that the rows stay packed.
    this.#rows.copyWithin(row * this.#dimensions, last * this.#dimensions, (last + 1) * this.#dimensions);
    this.#ids[row] = lastId;
    this.#rowOf.set(lastId, row);
    this.#ids.length = last;
    this.#rowOf.delete(id);
    if (last > 0 && last <= this.#capacity / 4) this.#resize(this.#capacity / 2);
    return true;
  }

  search(vector: Float32Array, k: number): readonly Neighbour[] {
    const found = Math.min(k, this.size);
    if (found === 0) return [];
    const rows = this.#rows.subarray(0, this.size * this.#dimensions);
    // The native code reads from the beginning of the buffer, wherever a view into it begins.
    const query = vector.byteOffset === 0 ? vector : vector.slice();
    const { keys, distances } = exactSearch(rows, query, this.#dimensions, found, MetricKind.IP, 1);
    return Array.from(keys, (row, index) => ({
      id: this.#ids[Number(row)] as string,
      similarity: 1 - (distances[index] as number),
    }));
  }

  get #capacity(): number {
    return this.#rows.length / this.#dimensions;
  }

  #resize(capacity: number): void {
    const rows = new Float32Array(capacity * this.#dimensions);
    rows.set(this.#rows.subarray(0, this.size * this.#dimensions));
    this.#rows = rows;
  }
}
