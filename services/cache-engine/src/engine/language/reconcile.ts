import { editDistance } from './edit-distance.ts';
import { FUNCTION_WORDS } from './grammar.ts';
import { frequency, isKnown, isWord } from './lexicon.ts';
import { bare, mayBeName, token, type Token } from './token.ts';

/** Longer texts are left as they are: looking at each word beside each other one would cost more than a hit saves. */
const MOST_TOKENS = 150;

/** Words that initials pass over. */
const PASSED_OVER: ReadonlySet<string> = new Set('of the and for a to in'.split(' '));

/** Most words that initials stand for. */
const MOST_INITIALS = 5;

/** Edits by which a slip of a word of that many letters is recognised beside the word itself. */
function allowed(length: number): number {
  if (length < 3) return 0;
  return length < 8 ? 1 : 2;
}

/** Shorter words have to begin with the same letter. */
const SURE_LENGTH = 5;

/** Shorter words are near to too many others. */
const SHORTEST_RARE = 3;

/** A name is recognised in a slip from this length on. */
const NAME_LENGTH = 6;

/**
 * The tokens with whatever only the other question writes in full written as it is there: slips, words cut short, initials, words
 * split in two. A name, a known word, and what is near to two words of `others` stay.
 */
export function reconciled(tokens: readonly Token[], others: readonly Token[]): readonly Token[] {
  if (tokens.length > MOST_TOKENS || others.length > MOST_TOKENS) return tokens;
  const own = new Set(tokens.map(({ text }) => text));
  const missing = [
    ...new Set(others.filter(({ kind, text }) => kind === 'word' && !own.has(text)).map(({ text }) => text)),
  ];
  const money = others.filter(({ kind }) => kind === 'money').map(({ text }) => text);
  if (missing.length === 0 && money.length === 0) return tokens;
  const hasty = tokens[0]?.capital === false && /^\p{L}/u.test(tokens[0].written);
  return joined(sums(tokens, money), missing).flatMap((each) => {
    if (each.kind !== 'word') return [each];
    const full = initials(each, others, own) ?? apart(each, others);
    if (full !== undefined) return full;
    if (mayBeName(each) || !/^[a-z]+(?:'s)?$/.test(each.written)) return [each];
    if (isKnown(bare(each.written))) return [hasty ? rareSlip(each, missing) : each];
    const near = missing.filter((word) => isMeant(word) && (isSlip(each.written, word) || isCut(each.written, word)));
    const [only] = near;
    return only !== undefined && near.length === 1 ? [{ ...each, text: only }] : [each];
  });
}

/**
 * A word as rare as this, in a text that does without capitals, is a slip of the function word that many times as usual in its place:
 * "wit" for "with". Where a function word can stand no other can, so it is no word of its own. Both are powers of two in fifty million
 * words.
 */
const RARE = 10;
const AS_USUAL = 8;

function rareSlip(each: Token, missing: readonly string[]): Token {
  const own = frequency(each.text);
  if (own === undefined || own > RARE || each.text.length < SHORTEST_RARE) return each;
  const near = missing.filter(
    (word) =>
      FUNCTION_WORDS.has(word) && (frequency(word) ?? 0) >= own + AS_USUAL && editDistance(each.text, word, 1) <= 1,
  );
  const [only] = near;
  return only !== undefined && near.length === 1 ? { ...each, text: only } : each;
}

/** What a slip can have been meant for: a word, or a name of some length that lists have. */
function isMeant(word: string): boolean {
  return isWord(bare(word)) || (word.length >= NAME_LENGTH && isKnown(bare(word)));
}

function isSlip(written: string, word: string): boolean {
  const length = Math.min(written.length, word.length);
  const edits = isWord(bare(word)) ? allowed(length) : Math.min(1, allowed(length));
  if (edits === 0 || (length < SURE_LENGTH && written[0] !== word[0])) return false;
  return editDistance(written, word, edits) <= edits;
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

/** "3 grand", "3k" and "a tenner" in the currency in which the other question has the sum. */
function sums(tokens: readonly Token[], money: readonly string[]): readonly Token[] {
  return tokens.flatMap((each, at) => {
    const next = tokens[at + 1]?.text;
    if (each.text === 'grand' && sumOf(tokens[at - 1], 1000, money) !== undefined) return [];
    const note = NOTES.get(each.text);
    if (note !== undefined) return [noteOf(note, money) ?? each];
    if (next !== undefined && NOTES.has(next) && noteOf(NOTES.get(next) ?? 0, money) !== undefined && each.text === 'a')
      return [];
    return [sumOf(each, next === 'grand' ? 1000 : 1, money) ?? each];
  });
}

const NOTES: ReadonlyMap<string, number> = new Map([
  ['fiver', 5],
  ['tenner', 10],
]);

function noteOf(amount: number, money: readonly string[]): Token | undefined {
  return sumOf(token('number', String(amount)), 1, money);
}

/** Smaller numbers may well count something else. */
const LEAST_SUM = 5;

function sumOf(count: Token | undefined, times: number, money: readonly string[]): Token | undefined {
  if (count?.kind !== 'number') return undefined;
  const amount = Number(count.text) * times;
  const sum = amount < LEAST_SUM ? undefined : money.find((each) => each.slice(1) === String(amount));
  return sum === undefined ? undefined : token('money', sum);
}

/** Two words of the other question run together. */
function apart(each: Token, others: readonly Token[]): readonly Token[] | undefined {
  if (isKnown(bare(each.text))) return undefined;
  const at = others.findIndex(
    ({ kind, text }, index) =>
      kind === 'word' && others[index + 1]?.kind === 'word' && text + (others[index + 1]?.text ?? '') === each.text,
  );
  return at < 0 ? undefined : others.slice(at, at + 2);
}

/** Whether the other question writes this as one word, and it is one: what is none is taken apart there. */
function isOneWord(word: string, missing: readonly string[]): boolean {
  return isKnown(word) && missing.includes(word);
}

/** Two words that the other question writes as one. */
function joined(tokens: readonly Token[], missing: readonly string[]): readonly Token[] {
  const made: Token[] = [];
  for (const each of tokens) {
    const last = made.at(-1);
    if (last?.kind === 'word' && each.kind === 'word' && isOneWord(last.text + each.text, missing))
      made[made.length - 1] = { ...last, text: last.text + each.text, written: last.text + each.text };
    else made.push(each);
  }
  return made;
}
