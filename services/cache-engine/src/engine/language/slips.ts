import { LRUCache } from 'lru-cache';
import { editDistance } from './edit-distance.ts';
import { frequency, isKnown } from './lexicon.ts';
import { bare, mayBeName, SHORTEST_MENDED, type Token } from './token.ts';

/** A mended word is at least this usual, and the runner-up 2^4 times less likely. Both are powers of two in fifty million words. */
const USUAL = 5;
const MARGIN = 4;

/** Swapped or doubled letters and vowels taken for each other are likelier slips than others: in powers of two. */
const LIKELY_SLIP = 3;
const VOWEL_SLIP = 2;
const FIRST_LETTER = -5;

/** No word that is known is longer. */
const LONGEST = 24;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const VOWELS = 'aeiouy';

/** Days and months that no name is like: with a capital or without, what is a slip away from one is meant for it. */
const CALENDAR = 'tuesday wednesday thursday saturday january february september october november december'.split(' ');

const mended = new LRUCache<string, string>({ max: 5000 });

/**
 * Unknown words that can only be a slip of one usual word, mended. Known words, names, and what has two likely readings stay: a
 * slip that is left costs a miss, a wrong guess an answer to something else.
 */
export function mendSlips(tokens: readonly Token[]): Token[] {
  return tokens.map((each) => {
    if (each.kind !== 'word') return each;
    const stem = bare(each.text);
    if (stem.length < SHORTEST_MENDED || stem.length > LONGEST || isKnown(stem) || !/^[a-z]+$/.test(stem)) return each;
    const word = calendarWord(stem) ?? (mayBeName(each) ? stem : mend(stem));
    return word === stem ? each : { ...each, text: word + each.text.slice(stem.length), written: each.text };
  });
}

/** The day or month that a word is a slip of, one or several of them. */
function calendarWord(word: string): string | undefined {
  const plural = word.endsWith('s') ? 's' : '';
  const one = plural === '' ? word : word.slice(0, -1);
  const meant = CALENDAR.find((each) => editDistance(one, each, 1) <= 1);
  return meant === undefined ? undefined : meant + plural;
}

function mend(word: string): string {
  const known = mended.get(word);
  if (known !== undefined) return known;
  const found = isCompound(word) ? word : (best(nearby(word)) ?? word);
  mended.set(word, found);
  return found;
}

/** Two usual words written as one are no slip of a third. */
function isCompound(word: string): boolean {
  for (let at = 3; at <= word.length - 4; at++)
    if ((frequency(word.slice(0, at)) ?? 0) >= USUAL && (frequency(word.slice(at)) ?? 0) >= USUAL) return true;
  return false;
}

type Scored = readonly [word: string, score: number];

function best(candidates: readonly Scored[]): string | undefined {
  const [first, second] = [...candidates].sort(([, one], [, other]) => other - one);
  if (first === undefined || (frequency(first[0]) ?? 0) < USUAL) return undefined;
  return second === undefined || first[1] - second[1] >= MARGIN ? first[0] : undefined;
}

/** The words at one edit. */
function nearby(word: string): readonly Scored[] {
  const found = new Map<string, number>();
  const consider = (candidate: string, likelihood: number): void => {
    const usual = frequency(candidate);
    if (usual !== undefined) found.set(candidate, Math.max(found.get(candidate) ?? -Infinity, usual + likelihood));
  };
  for (let at = 0; at <= word.length; at++) {
    const head = word.slice(0, at);
    const tail = word.slice(at);
    const place = at === 0 ? FIRST_LETTER : 0;
    const [letter = '', next = ''] = tail;
    if (letter !== '') consider(head + tail.slice(1), letter === head.at(-1) ? LIKELY_SLIP : place);
    if (next !== '' && letter !== next) consider(head + next + letter + tail.slice(2), LIKELY_SLIP);
    for (const other of LETTERS) {
      consider(head + other + tail, other === head.at(-1) || other === letter ? LIKELY_SLIP : place);
      if (letter !== '' && other !== letter)
        consider(head + other + tail.slice(1), VOWELS.includes(letter) && VOWELS.includes(other) ? VOWEL_SLIP : place);
    }
  }
  return [...found];
}
