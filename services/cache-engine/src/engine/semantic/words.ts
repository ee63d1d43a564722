/** Letters in a piece of a word. Pieces meet where words do not quite: typos, endings, compounds. */
const PIECE = 4;

/** Pieces that stand in more than this share of the texts tell nothing apart, and would cost the most. */
const TOO_COMMON = 0.25;

/**
 * A ranking by shared pieces of words over a set of texts: it finds what a vector of the meaning blurs, such as the one name in a
 * question. A piece weighs by its rarity (as BM25 has it), a text by what it shares for its length.
 */
export class WordIndex {
  readonly #pieces = new Map<string, ReadonlySet<string>>();
  readonly #texts = new Map<string, Set<string>>();

  /** Adds a text, or replaces the one under `id`. */
  add(id: string, text: string): void {
    this.remove(id);
    const pieces = piecesOf(text);
    this.#pieces.set(id, pieces);
    for (const piece of pieces) {
      const texts = this.#texts.get(piece);
      if (texts === undefined) this.#texts.set(piece, new Set([id]));
      else texts.add(id);
    }
  }

  /** Removes a text. */
  remove(id: string): void {
    for (const piece of this.#pieces.get(id) ?? []) {
      const texts = this.#texts.get(piece);
      texts?.delete(id);
      if (texts?.size === 0) this.#texts.delete(piece);
    }
    this.#pieces.delete(id);
  }

  /** The ids of the `count` texts that share the rarest pieces with `text`, best first. */
  search(text: string, count: number): readonly string[] {
    const total = this.#pieces.size;
    const most = Math.max(8, total * TOO_COMMON);
    const scores = new Map<string, number>();
    for (const piece of piecesOf(text)) {
      const texts = this.#texts.get(piece);
      if (texts === undefined || texts.size > most) continue;
      const rarity = Math.log(1 + (total - texts.size + 0.5) / (texts.size + 0.5));
      for (const id of texts) scores.set(id, (scores.get(id) ?? 0) + rarity);
    }
    return [...scores]
      .map(([id, score]) => [id, score / Math.sqrt(this.#pieces.get(id)?.size ?? 1)] as const)
      .sort(([, one], [, other]) => other - one)
      .slice(0, count)
      .map(([id]) => id);
  }
}

function piecesOf(text: string): ReadonlySet<string> {
  const plain = ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
  const pieces = new Set<string>();
  for (let at = 0; at + PIECE <= plain.length; at++) pieces.add(plain.slice(at, at + PIECE));
  return pieces;
}
