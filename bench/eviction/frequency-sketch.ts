/** Rows of a count-min sketch; each counts under a hash of its own, and the least counts. */
const SEEDS = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f] as const;
/** Counters saturate here, as in Caffeine: more would not change who is admitted. */
const MOST = 15;
/** After so many uses for each counter of a row, all counts are halved, so that what was popular once is forgotten. */
const AGEING = 10;

/** How often hashes were seen of late, approximately and in little memory: Cormode and Muthukrishnan's count-min sketch with ageing. */
export class FrequencySketch {
  readonly #rows: Uint8Array;
  readonly #mask: number;
  readonly #period: number;
  #seen = 0;

  /** @param expected how many different keys a store holds at a time. */
  constructor(expected: number) {
    const width = 2 ** Math.ceil(Math.log2(Math.max(16, expected)));
    this.#mask = width - 1;
    this.#rows = new Uint8Array(width * SEEDS.length);
    this.#period = width * AGEING;
  }

  /** Counts a use of `hash`, a 32-bit integer. */
  add(hash: number): void {
    SEEDS.forEach((seed, row) => {
      const place = this.#place(hash, seed, row);
      const count = this.#rows[place] as number;
      if (count < MOST) this.#rows[place] = count + 1;
    });
    if (++this.#seen >= this.#period) this.#age();
  }

  /** How often `hash` was seen, at most 15; never less than the truth below that, but for ageing. */
  count(hash: number): number {
    let least = MOST;
    SEEDS.forEach((seed, row) => {
      least = Math.min(least, this.#rows[this.#place(hash, seed, row)] as number);
    });
    return least;
  }

  #place(hash: number, seed: number, row: number): number {
    const mixed = Math.imul(hash ^ (hash >>> 15), seed);
    return row * (this.#mask + 1) + ((mixed ^ (mixed >>> 13)) & this.#mask);
  }

  #age(): void {
    for (let place = 0; place < this.#rows.length; place++) this.#rows[place] = (this.#rows[place] as number) >> 1;
    this.#seen >>= 1;
  }
}
