/** Saturation and length weight of BM25, at the values that Robertson and Zaragoza give as usual. */
const K1 = 1.2;
const B = 0.75;

/** A ranking by shared words (BM25) over a small set of texts: it finds what an embedding of the meaning blurs. */
export class WordIndex {
  readonly #documents = new Map<string, ReadonlyMap<string, number>>();
  readonly #frequency = new Map<string, number>();
  #words = 0;

  /** Adds a text, or replaces the one under `id`. */
  add(id: string, text: string): void {
    this.remove(id);
    const counts = countWords(text);
    this.#documents.set(id, counts);
    for (const word of counts.keys()) this.#frequency.set(word, (this.#frequency.get(word) ?? 0) + 1);
    this.#words += sizeOf(counts);
  }

  /** Removes a text. */
  remove(id: string): void {
    const counts = this.#documents.get(id);
    if (counts === undefined) return;
    this.#documents.delete(id);
    for (const word of counts.keys()) {
      const left = (this.#frequency.get(word) ?? 1) - 1;
      if (left === 0) this.#frequency.delete(word);
      else this.#frequency.set(word, left);
    }
    this.#words -= sizeOf(counts);
  }

  /** The ids of the `count` texts that share the rarest words with `text`, best first. */
  search(text: string, count: number): readonly string[] {
    const total = this.#documents.size;
    const mean = this.#words / Math.max(1, total);
    const weights = [...countWords(text).keys()].flatMap((word): [string, number][] => {
      const frequency = this.#frequency.get(word);
      return frequency === undefined ? [] : [[word, Math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))]];
    });
    const scored: [id: string, score: number][] = [];
    for (const [id, counts] of this.#documents) {
      let score = 0;
      for (const [word, weight] of weights) {
        const found = counts.get(word);
        if (found !== undefined)
          score += (weight * found * (K1 + 1)) / (found + K1 * (1 - B + (B * sizeOf(counts)) / mean));
      }
      if (score > 0) scored.push([id, score]);
    }
    return scored
      .sort(([, one], [, other]) => other - one)
      .slice(0, count)
      .map(([id]) => id);
  }
}

function countWords(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const stem = stemOf(word);
    counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  return counts;
}

/** Endings off: crude is enough to propose. */
function stemOf(word: string): string {
  return word.length > 4 ? word.replace(/(?:ing|ed|es|s|e)$/, '') : word;
}

function sizeOf(counts: ReadonlyMap<string, number>): number {
  return counts.size;
}
