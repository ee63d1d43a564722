import { fnv1a } from '../fnv.ts';

/** Characters of a key that are hashed, from its end: of a digest they have 48 bits. */
const HASHED = 8;

/**
 * Which keys a full store was lately without: those that it let go of, and those that it was asked for in vain. Time is counted in askings in
 * vain. A table of pairs of places that overwrites: of three keys with one pair the oldest is forgotten. It allocates nothing, since a
 * list of keys would itself be what fills the old generation. Two keys with one hash do little harm: a value
 * enters, or counts as used, that was not.
 */
export class Lately {
  readonly #mask: number;
  readonly #hashes: Uint32Array;
  readonly #askings: Uint32Array;
  /** Epoch seconds. */
  readonly #seconds: Uint32Array;
  #asked = 0;

  /** @param places how many keys are remembered at most; 12 bytes each */
  constructor(places: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(16, places)));
    this.#mask = size - 1;
    this.#hashes = new Uint32Array(size);
    this.#askings = new Uint32Array(size);
    this.#seconds = new Uint32Array(size);
  }

  /** Notes that `key` was asked for in vain, at so many epoch milliseconds. */
  asked(key: string, at: number): void {
    this.#asked++;
    this.left(key, at);
  }

  /** Notes that `key` was let go of, having been used last at so many epoch milliseconds. */
  left(key: string, at: number): void {
    const hash = hashOf(key);
    const known = this.#find(hash);
    const place = known ?? this.#olderOf(hash & this.#mask);
    this.#hashes[place] = hash;
    this.#askings[place] = this.#asked;
    this.#seconds[place] = Math.floor(at / 1000);
  }

  /** Whether `key` was noted within the last so many askings. */
  has(key: string, askings: number): boolean {
    const place = this.#find(hashOf(key));
    return place !== undefined && this.#asked - (this.#askings[place] as number) <= askings;
  }

  /** When `key` was used last as far as is remembered, epoch milliseconds to the second before. */
  lastUse(key: string): number | undefined {
    const place = this.#find(hashOf(key));
    return place === undefined ? undefined : (this.#seconds[place] as number) * 1000;
  }

  #find(hash: number): number | undefined {
    const place = hash & this.#mask;
    if (this.#hashes[place] === hash) return place;
    return this.#hashes[place ^ 1] === hash ? place ^ 1 : undefined;
  }

  #olderOf(place: number): number {
    return (this.#askings[place] as number) <= (this.#askings[place ^ 1] as number) ? place : place ^ 1;
  }
}

/** Never 0, which stands for a place where nothing was noted. */
function hashOf(key: string): number {
  const hash = fnv1a(key, Math.max(0, key.length - HASHED));
  return (hash ^ (hash >>> 15)) >>> 0 || 1;
}
