import { frequency, isWord } from '../language/lexicon.ts';
import capitals from './often-capital.json' with { type: 'json' };
import { PLAIN_WORDS } from './plain-words.ts';
import { PROPER_NOUNS } from './proper-nouns.ts';

/**
 * Words of the lexicon that the subtitles of SUBTLEX-US have more often with a capital than without: most are given names, surnames,
 * titles or places too. The test of this file holds the recipe, and makes the list anew.
 */
const OFTEN_CAPITAL: ReadonlySet<string> = new Set(capitals.words.split(' '));

/** How often a word must come up to be known as ordinary, as `frequency` counts: 8 times in fifty million. Surnames are rare words. */
const LEAST_FREQUENCY = 3;

/** Whether a word, in lower case and without accents, is an ordinary one: what is not may be anybody's or anything's name. */
export function isOrdinary(word: string): boolean {
  if (PLAIN_WORDS.has(word) || PROPER_NOUNS.has(word)) return true;
  if (!isWord(word) || OFTEN_CAPITAL.has(word)) return false;
  return (frequency(word) ?? 0) >= LEAST_FREQUENCY || (word.endsWith('s') && isOrdinary(word.slice(0, -1)));
}

/** `word` in lower case and without accents. */
export function foldWord(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
