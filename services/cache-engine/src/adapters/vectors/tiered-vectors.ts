import type { Neighbour } from '../../ports/vector-index.ts';
import { ExactVectors } from './exact-vectors.ts';
import { GraphVectors } from './graph-vectors.ts';
import type { VectorSet } from './vector-set.ts';

/**
 * Vectors up to which all are looked at. By `bench/recall.ts` a search of the graph is as quick at about 500, but an addition to it
 * costs as much as looking at 1,500, and a graph takes 64 KiB before its first vector. With one addition for each search the two
 * are even at about 3,000. This lies between.
 */
const EXACT_VECTORS = 1024;

/**
 * Looks at every vector as long as there are few, and puts what comes beyond that into a graph. Nothing moves from one to the
 * other, so a frame never stops the engine while it grows.
 */
export class TieredVectors implements VectorSet {
  readonly #dimensions: number;
  readonly #bound: number;
  readonly #exact: ExactVectors;
  #graph: GraphVectors | undefined;

  constructor(dimensions: number, bound = EXACT_VECTORS) {
    this.#dimensions = dimensions;
    this.#bound = bound;
    this.#exact = new ExactVectors(dimensions);
  }

  get size(): number {
    return this.#exact.size + (this.#graph?.size ?? 0);
  }

  get bytes(): number {
    return this.#exact.bytes + (this.#graph?.bytes ?? 0);
  }

  add(id: string, vector: Float32Array): void {
    this.remove(id);
    if (this.#exact.size < this.#bound) return this.#exact.add(id, vector);
    this.#graph ??= new GraphVectors(this.#dimensions);
    this.#graph.add(id, vector);
  }

  remove(id: string): boolean {
    const removed = this.#exact.remove(id) || (this.#graph?.remove(id) ?? false);
    if (this.#graph?.size === 0) this.#graph = undefined;
    return removed;
  }

  search(vector: Float32Array, k: number): readonly Neighbour[] {
    const exact = this.#exact.search(vector, k);
    if (this.#graph === undefined) return exact;
    const found = [...exact, ...this.#graph.search(vector, k)];
    return found.sort((one, other) => other.similarity - one.similarity).slice(0, k);
  }
}
