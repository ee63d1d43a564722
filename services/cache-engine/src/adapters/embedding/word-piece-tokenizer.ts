import { bertWords } from './bert-words.ts';

/** Words with more characters are unknown as a whole. */
const LONGEST_WORD = 100;

/** What is read of a `tokenizer.json` with a WordPiece model. */
interface TokenizerFile {
  readonly model: { readonly type: string; readonly vocab: Readonly<Record<string, number>> };
}

/**
 * WordPiece as in BERT: each word is cut, from its beginning, into the longest pieces that the vocabulary has. A text is only data:
 * `[SEP]` in it is five characters and no token.
 */
export class WordPieceTokenizer {
  readonly #vocabulary: ReadonlyMap<string, number>;
  readonly #maxTokens: number;
  readonly #start: number;
  readonly #end: number;
  readonly #unknown: number;

  /**
   * @param json a `tokenizer.json`
   * @param maxTokens the most that `encode` gives, the tokens for start and end included
   * @throws Error when the file has no WordPiece vocabulary
   */
  constructor(json: string, maxTokens: number) {
    const { model } = JSON.parse(json) as TokenizerFile;
    if (model.type !== 'WordPiece') throw new Error(`The tokenizer is of type "${model.type}": it must be WordPiece.`);
    this.#vocabulary = new Map(Object.entries(model.vocab));
    this.#maxTokens = maxTokens;
    const special = (token: string): number => {
      const id = this.#vocabulary.get(token);
      if (id === undefined) throw new Error(`The tokenizer's vocabulary has no ${token}.`);
      return id;
    };
    [this.#start, this.#end, this.#unknown] = [special('[CLS]'), special('[SEP]'), special('[UNK]')];
  }

  /** The ids of a text's tokens between those for start and end. */
  encode(text: string): number[] {
    const ids = [this.#start];
    for (const word of bertWords(text)) {
      ids.push(...this.#pieces(word));
      if (ids.length >= this.#maxTokens) break;
    }
    ids.length = Math.min(ids.length, this.#maxTokens - 1);
    ids.push(this.#end);
    return ids;
  }

  #pieces(word: string): number[] {
    if (word.length > LONGEST_WORD && Array.from(word).length > LONGEST_WORD) return [this.#unknown];
    const ids: number[] = [];
    for (let from = 0; from < word.length;) {
      let to = word.length;
      let id: number | undefined;
      while (to > from && (id = this.#vocabulary.get(pieceOf(word, from, to))) === undefined) to--;
      if (id === undefined) return [this.#unknown];
      ids.push(id);
      from = to;
    }
    return ids;
  }
}

/** Pieces that go on with a word are marked as such in the vocabulary. */
function pieceOf(word: string, from: number, to: number): string {
  return from === 0 ? word.slice(0, to) : `##${word.slice(from, to)}`;
}
