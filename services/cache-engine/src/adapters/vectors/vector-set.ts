import type { Neighbour } from '../../ports/vector-index.ts';

/** The vectors of one frame. Ids, vectors and results are as in VectorIndex. */
export interface VectorSet {
  readonly size: number;
  readonly bytes: number;
  add(id: string, vector: Float32Array): void;
  remove(id: string): boolean;
  search(vector: Float32Array, k: number): readonly Neighbour[];
}
