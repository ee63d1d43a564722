import data from './data/words.json' with { type: 'json' };
import { GIVEN_NAMES } from './given-names.ts';
import { PLACES } from './places.ts';
import { TRADE_WORDS } from './trade-words.ts';

/** What `frequency` says of a word of the trade: subtitles seldom speak of boutonnieres, couples do. */
const TRADE_FREQUENCY = 11;

const words = decode(data.words, new Map<string, number>());
const names = decode(data.names, new Map<string, number>());
for (const name of [...GIVEN_NAMES, ...PLACES.keys()])
  for (const part of name.split(' ')) if (!words.has(part)) names.set(part, 0);
for (const word of TRADE_WORDS) words.set(word, Math.max(words.get(word) ?? 0, TRADE_FREQUENCY));

/** Whether English, or the trade, has the word; lower case, without apostrophe. Names do not count. */
export function isWord(word: string): boolean {
  return words.has(word);
}

/** Whether the word is a known one, or a name of a person or place that the lists have. */
export function isKnown(word: string): boolean {
  return words.has(word) || names.has(word);
}

/** Whether the word is known as a name only. */
export function isName(word: string): boolean {
  return names.has(word) && !words.has(word);
}

/** The binary logarithm of how often the word comes up in fifty million; 0 for a word that never does, `undefined` for none. */
export function frequency(word: string): number | undefined {
  return words.get(word);
}

/** The word without a plural ending, where that leaves a known word. */
export function singularOf(word: string): string | undefined {
  if (!/^[a-z]{3,}s$/.test(word) || /(?:ss|us|is)$/.test(word)) return undefined;
  const candidates = [word.slice(0, -1)];
  if (word.endsWith('ies')) candidates.unshift(`${word.slice(0, -3)}y`);
  if (/(?:ch|sh|x|ss|z|o)es$/.test(word)) candidates.unshift(word.slice(0, -2));
  return candidates.find((candidate) => isWord(candidate));
}

/** Undoes the front coding that the generator of the data describes. */
function decode(text: string, into: Map<string, number>): Map<string, number> {
  let word = '';
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 65 || code > 90) continue;
    word = word.slice(0, text.charCodeAt(start) - 48) + text.slice(start + 1, at);
    into.set(word, code - 65);
    start = at + 1;
  }
  return into;
}
