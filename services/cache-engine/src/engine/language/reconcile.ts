import { editDistance } from './edit-distance.ts';
import { isKnown, isWord } from './lexicon.ts';
import { bare, mayBeName, type Token } from './token.ts';

/** Edits by which a slip of a word of that many letters is recognised beside the word itself. */
function allowed(length: number): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

/**
 * The tokens with each unknown word that can only be a slip of a word of `others` replaced by that word. A name, a known word, or
 * what is near to two words of `others` stays.
 */
export function reconciled(tokens: readonly Token[], others: readonly Token[]): readonly Token[] {
  const own = new Set(tokens.map(({ text }) => text));
  const missing = [
    ...new Set(others.filter(({ kind, text }) => kind === 'word' && !own.has(text)).map(({ text }) => text)),
  ];
  if (missing.length === 0) return tokens;
  return joined(tokens, missing).map((each) => {
    if (each.kind !== 'word' || mayBeName(each) || isKnown(bare(each.written))) return each;
    const near = missing.filter((word) => isWord(bare(word)) && isSlip(each.written, word));
    const [only] = near;
    return only !== undefined && near.length === 1 ? { ...each, text: only } : each;
  });
}

function isSlip(written: string, word: string): boolean {
  const edits = allowed(Math.min(written.length, word.length));
  return edits > 0 && editDistance(written, word, edits) <= edits;
}

/** Two words that the other question writes as one. */
function joined(tokens: readonly Token[], missing: readonly string[]): readonly Token[] {
  const made: Token[] = [];
  for (const each of tokens) {
    const last = made.at(-1);
    if (last?.kind === 'word' && each.kind === 'word' && missing.includes(last.text + each.text))
      made[made.length - 1] = { ...last, text: last.text + each.text, written: last.text + each.text };
    else made.push(each);
  }
  return made;
}
