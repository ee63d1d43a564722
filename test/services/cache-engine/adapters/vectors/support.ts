import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Neighbour } from '../../../../../services/cache-engine/src/ports/vector-index.ts';

/** A vector of length one in the direction of `numbers`, which must not all be zero. */
export function unit(numbers: ArrayLike<number>): Float32Array {
  const vector = Float32Array.from(numbers);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

export function cosine(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, index) => sum + value * (other[index] ?? NaN), 0);
}

/** `count` vectors around a tenth as many centres, as questions lie around what is often asked. The same for the same seed. */
export function clustered(count: number, dimensions: number, seed: number): Float32Array[] {
  const random = xoroshiro128plus(seed);
  const numbers = () => Array.from({ length: dimensions }, () => uniformInt(random, -1000, 1000) / 1000);
  const centres = Array.from({ length: Math.ceil(count / 10) }, numbers);
  return Array.from({ length: count }, () => {
    const centre = centres[uniformInt(random, 0, centres.length - 1)] ?? [];
    return unit(numbers().map((value, index) => 0.5 * value + (centre[index] ?? 0)));
  });
}

/** The ids of the `k` vectors nearest to `query`, by looking at all. */
export function nearest(vectors: ReadonlyMap<string, Float32Array>, query: Float32Array, k: number): Neighbour[] {
  const all = Array.from(vectors, ([id, vector]) => ({ id, similarity: cosine(vector, query) }));
  return all.sort((one, other) => other.similarity - one.similarity).slice(0, k);
}
