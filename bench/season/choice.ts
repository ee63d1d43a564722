import type { Random } from './random.ts';

/** Draws items by weight in constant time: Vose's alias method. */
export class Choice<T> {
  readonly #items: readonly T[];
  readonly #threshold: Float64Array;
  readonly #other: Uint32Array;

  /** @param weights one for each item, none negative, not all zero. */
  constructor(items: readonly T[], weights: readonly number[]) {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (items.length !== weights.length || !(total > 0))
      throw new RangeError('Every item needs a weight, and one more than zero.');
    this.#items = items;
    this.#threshold = new Float64Array(items.length);
    this.#other = new Uint32Array(items.length);
    const scaled = weights.map((weight) => (weight * items.length) / total);
    const small: number[] = [];
    const large: number[] = [];
    scaled.forEach((weight, index) => (weight < 1 ? small : large).push(index));
    while (small.length > 0 && large.length > 0) {
      const less = small.pop() as number;
      const more = large.pop() as number;
      this.#threshold[less] = scaled[less] as number;
      this.#other[less] = more;
      scaled[more] = (scaled[more] as number) + (scaled[less] as number) - 1;
      (scaled[more] < 1 ? small : large).push(more);
    }
    for (const index of [...small, ...large]) this.#threshold[index] = 1;
  }

  draw(random: Random): T {
    const place = random() * this.#items.length;
    const index = Math.floor(place);
    const chosen = place - index < (this.#threshold[index] as number) ? index : (this.#other[index] as number);
    return this.#items[chosen] as T;
  }
}

/** Draws items by Zipf's law: the one in place k is drawn in proportion to 1 ÷ k^exponent. */
export function zipfChoice<T>(items: readonly T[], exponent: number): Choice<T> {
  return new Choice(
    items,
    items.map((_, index) => 1 / (index + 1) ** exponent),
  );
}
