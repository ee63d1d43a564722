import { editDistance } from './edit-distance.ts';
import { isKnown, isWord } from './lexicon.ts';
import { bare, mayBeName, token, type Token } from './token.ts';

/** Words that initials pass over. */
const PASSED_OVER: ReadonlySet<string> = new Set('of the and for a to in'.split(' '));

/** Most words that initials stand for. */
const MOST_INITIALS = 5;

/** Edits by which a slip of a word of that many letters is recognised beside the word itself. */
function allowed(length: number): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

/**
 * The tokens with whatever only the other question writes in full written as it is there: slips, words cut short, initials, words
 * split in two. A name, a known word, and what is near to two words of `others` stay.
 */
export function reconciled(tokens: readonly Token[], others: readonly Token[]): readonly Token[] {
  const own = new Set(tokens.map(({ text }) => text));
  const missing = [
    ...new Set(others.filter(({ kind, text }) => kind === 'word' && !own.has(text)).map(({ text }) => text)),
  ];
  const money = others.filter(({ kind }) => kind === 'money').map(({ text }) => text);
  if (missing.length === 0 && money.length === 0) return tokens;
  return joined(thousands(tokens, money), missing).flatMap((each) => {
    if (each.kind !== 'word') return [each];
    const full = initials(each, others, own);
    if (full !== undefined) return full;
    if (mayBeName(each) || isKnown(bare(each.written)) || !/^[a-z]+(?:'s)?$/.test(each.written)) return [each];
    const near = missing.filter(
      (word) => isWord(bare(word)) && (isSlip(each.written, word) || isCut(each.written, word)),
    );
    const [only] = near;
    return only !== undefined && near.length === 1 ? [{ ...each, text: only }] : [each];
  });
}

function isSlip(written: string, word: string): boolean {
  const edits = allowed(Math.min(written.length, word.length));
  return edits > 0 && editDistance(written, word, edits) <= edits;
}

/** "Accom", "wddng": the beginning of a word, or its consonants. */
function isCut(written: string, word: string): boolean {
  if (written.length < 3 || written.length > word.length - 2 || written[0] !== word[0]) return false;
  if (word.startsWith(written)) return true;
  if (/[aeiou]/.test(written.slice(1))) return false;
  let at = 0;
  for (const letter of word) if (letter === written[at]) at++;
  return at === written.length;
}

/** The words of the other question for which initials stand that it does not use. */
function initials(each: Token, others: readonly Token[], own: ReadonlySet<string>): readonly Token[] | undefined {
  const letters = bare(each.text);
  if (letters.length < 2 || letters.length > MOST_INITIALS || !(each.acronym || !isKnown(letters))) return undefined;
  if (others.some(({ text }) => bare(text) === letters)) return undefined;
  for (let start = 0; start < others.length; start++) {
    const end = spelling(letters, others, start);
    if (end === undefined) continue;
    const words = others.slice(start, end);
    if (words.some(({ text }) => own.has(text) && !PASSED_OVER.has(text))) continue;
    const last = words.at(-1);
    const owner = each.text.endsWith("'s") && last !== undefined && !last.text.endsWith("'s");
    return owner ? [...words.slice(0, -1), token('word', `${last.text}'s`)] : words;
  }
  return undefined;
}

/** Where the words end that begin at `start` and have these initials. */
function spelling(letters: string, words: readonly Token[], start: number): number | undefined {
  let found = 0;
  for (let at = start; at < words.length; at++) {
    const each = words[at];
    if (each?.kind !== 'word') return undefined;
    if (each.text.startsWith(letters[found] ?? '')) found++;
    else if (found === 0 || !PASSED_OVER.has(each.text)) return undefined;
    if (found === letters.length) return at + 1;
  }
  return undefined;
}

/** "3 grand" in the currency in which the other question has the sum. */
function thousands(tokens: readonly Token[], money: readonly string[]): readonly Token[] {
  return tokens.flatMap((each, at) => {
    const before = tokens[at - 1];
    if (each.text === 'grand' && before?.kind === 'number' && sumOf(before, money) !== undefined) return [];
    const sum = each.kind === 'number' && tokens[at + 1]?.text === 'grand' ? sumOf(each, money) : undefined;
    return [sum === undefined ? each : token('money', sum)];
  });
}

function sumOf(count: Token, money: readonly string[]): string | undefined {
  return money.find((sum) => sum.slice(1) === String(Number(count.text) * 1000));
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
