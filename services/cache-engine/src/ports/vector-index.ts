/** A vector that was found, by its id. */
export interface Neighbour {
  readonly id: string;
  /** Cosine of the angle to the vector that was asked for: 1 is the same direction. Good to about three digits. */
  readonly similarity: number;
}

/**
 * Finds the vectors nearest to a vector, within one frame: a frame is a hard partition, so that nothing outside of it can be
 * found. Frames come into being with their first vector and go with their last. All vectors are of length one.
 */
export interface VectorIndex {
  /** Puts a vector in place of what the frame has under `id`. The index keeps a copy. Throws a RangeError for a wrong number of dimensions. */
  add(frame: string, id: string, vector: Float32Array): void;
  /** Whether there was one. */
  remove(frame: string, id: string): boolean;
  /** Removes all vectors of a frame; how many there were. */
  removeFrame(frame: string): number;
  /** At most `k` vectors of the frame, nearest first. A large frame may miss one of them, rarely. Throws as `add` does. */
  search(frame: string, vector: Float32Array, k: number): readonly Neighbour[];
  /** The frames that have vectors. */
  frames(): Iterable<string>;
  /** How many vectors there are in all frames. */
  readonly size: number;
  /** Bytes that the vectors and what leads to them take, ids aside; an estimate. */
  readonly bytes: number;
}
