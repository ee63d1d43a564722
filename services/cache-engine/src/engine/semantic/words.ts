import { fnv1a } from '../fnv.ts';

/** Letters in a piece of a word. Pieces meet where words do not quite: typos, endings, compounds. */
const PIECE = 4;

/** Pieces that stand in more than this share of the texts tell nothing apart, and would cost the most. */
const TOO_COMMON = 0.25;

/** A text by the hashes of its pieces: numbers, as a set of strings would take ten times the memory. Two that meet do no harm. */
interface Indexed {
  readonly id: string;
  readonly pieces: Uint32Array;
}

/**
 * A ranking by shared pieces of words over a set of texts: it finds what a vector of the meaning blurs, such as the one name in a
 * question. A piece weighs by its rarity (as BM25 has it), a text by what it shares for its length. About a kilobyte a text.
 */
export class WordIndex {
  /** The number of each text, by its id. */
  readonly #numbers = new Map<string, number>();
  readonly #texts: (Indexed | undefined)[] = [];
  readonly #free: number[] = [];
  /** The numbers of the texts that have a piece. */
  readonly #having = new Map<number, number[]>();

  /** Adds a text, or replaces the one under `id`. */
  add(id: string, text: string): void {
    this.remove(id);
    const number = this.#free.pop() ?? this.#texts.length;
    const pieces = Uint32Array.from(piecesOf(text));
    this.#numbers.set(id, number);
    this.#texts[number] = { id, pieces };
    for (const piece of pieces) {
      const having = this.#having.get(piece);
      if (having === undefined) this.#having.set(piece, [number]);
      else having.push(number);
    }
  }

  /** Removes a text. */
  remove(id: string): void {
    const number = this.#numbers.get(id);
    const indexed = number === undefined ? undefined : this.#texts[number];
    if (number === undefined || indexed === undefined) return;
    for (const piece of indexed.pieces) this.#unlist(piece, number);
    this.#numbers.delete(id);
    this.#texts[number] = undefined;
    this.#free.push(number);
  }

  /** The ids of the `count` texts that share the rarest pieces with `text`, best first. */
  search(text: string, count: number): readonly string[] {
    const total = this.#numbers.size;
    const most = Math.max(8, total * TOO_COMMON);
    // An array over all texts: a question shares some piece with most of them, and a map would cost several times as much.
    const scores = new Float64Array(this.#texts.length);
    for (const piece of piecesOf(text)) {
      const having = this.#having.get(piece);
      if (having === undefined || having.length > most) continue;
      const rarity = Math.log(1 + (total - having.length + 0.5) / (having.length + 0.5));
      for (const number of having) scores[number] = (scores[number] as number) + rarity;
    }
    return this.#best(scores, count).map(({ id }) => id);
  }

  /** The texts with the best scores for their length, best first. Without one that has no score. */
  #best(scores: Float64Array, count: number): readonly Indexed[] {
    const best: { readonly indexed: Indexed; readonly score: number }[] = [];
    for (let number = 0; number < scores.length; number++) {
      const shared = scores[number] as number;
      const indexed = this.#texts[number];
      if (shared === 0 || indexed === undefined) continue;
      const score = shared / Math.sqrt(indexed.pieces.length);
      if (best.length === count && score <= (best[count - 1]?.score ?? Infinity)) continue;
      const before = best.findLastIndex((other) => other.score >= score);
      best.splice(before + 1, 0, { indexed, score });
      if (best.length > count) best.pop();
    }
    return best.map(({ indexed }) => indexed);
  }

  #unlist(piece: number, number: number): void {
    const having = this.#having.get(piece);
    if (having === undefined) return;
    const last = having.pop();
    const at = having.indexOf(number);
    if (at >= 0 && last !== undefined) having[at] = last;
    if (having.length === 0) this.#having.delete(piece);
  }
}

/** The hashes of a text's pieces, each once. */
function piecesOf(text: string): ReadonlySet<number> {
  const plain = ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
  const pieces = new Set<number>();
  for (let from = 0; from + PIECE <= plain.length; from++) pieces.add(fnv1a(plain, from, from + PIECE));
  return pieces;
}
