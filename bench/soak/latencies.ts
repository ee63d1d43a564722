/** Upper bounds grow by this factor: a quantile is known to two percent. */
const FACTOR = 1.02;
const LEAST = 0.01;
const BINS = 1000;

/** Milliseconds of millions of answers in the room of a thousand counters. */
export class Latencies {
  readonly #bins = new Float64Array(BINS);
  #count = 0;
  #most = 0;

  get count(): number {
    return this.#count;
  }

  add(milliseconds: number): void {
    const bin = Math.ceil(Math.log(Math.max(milliseconds, LEAST) / LEAST) / Math.log(FACTOR));
    const index = Math.min(bin, BINS - 1);
    this.#bins[index] = (this.#bins[index] as number) + 1;
    this.#count++;
    this.#most = Math.max(this.#most, milliseconds);
  }

  /** Milliseconds that this share of the answers did not exceed, at most two percent too high; NaN without answers. */
  quantile(share: number): number {
    if (this.#count === 0) return NaN;
    let seen = 0;
    const index = this.#bins.findIndex((count) => (seen += count) >= share * this.#count);
    return Math.min(this.#most, LEAST * FACTOR ** index);
  }
}
