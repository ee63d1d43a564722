import { plainForm } from './personal-data.ts';
import { NAMES_TOO } from './plain-words.ts';
import { PROPER_NOUNS } from './proper-nouns.ts';
import { foldWord, isOrdinary } from './vocabulary.ts';

/** A word as it stands in a text. */
interface Word {
  readonly written: string;
  /** Lower case, without accents and without the ending after an apostrophe. */
  readonly folded: string;
  /** Whether a sentence, a line or an item of a list begins with it. */
  readonly first: boolean;
  readonly possessive: boolean;
}

const WORD = /[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*/gu;

/** What may stand between the beginning of a sentence and its first word. */
const BEGINNING = /(?:^|[.!?:;\n•*#|>([{"“”]|\d[.)]|\s-)[\s*_#>"“”([-]*$/u;

/** What follows an apostrophe in ordinary words; `o'clock` has it the other way round. */
const ENDING = /^(?:s|t|ll|re|ve|d|m|clock)$/;
/** Ordinary words whose part before the apostrophe is none. */
const CUT = /^(?:o'clock|(?:is|are|was|were|do|does|did|has|have|had|ca|could|should|would|wo|must|need)n't)$/;

/** What only a person does: before it, a word that may be a name is one. */
const DOING =
  /^(?:wants?|says?|said|asks?|asked|tells?|told|thinks?|prefers?|hates?|loves?|likes?|cancel(?:s|led)|paid|pays|booked|books|texted|emailed|insists|refuse[sd]|worries|needs|hopes|wishes|agreed|agrees)$/;
/** What a month does as well as a person. */
const BEING = /^(?:is|has|was|had)$/;

/** What a name follows. */
const INTRODUCING =
  /^(?:mr|mrs|ms|miss|mx|dr|sir|dame|lady|rev|reverend|father|sister|brother|aunt|auntie|uncle|called|named|client|bride|groom)$/;

/** Whether a question may name somebody or something: it does unless all of its words are ordinary, and stand as ordinary words do. */
export function namesInQuestion(text: string): boolean {
  const words = wordsOf(lowerIfShouted(plainForm(text)));
  return words.some((word, index) => {
    if (!isKnown(word)) return true;
    if (hasCapital(word.written) && !word.first && word.written !== 'I' && !PROPER_NOUNS.has(word.folded)) return true;
    return NAMES_TOO.has(word.folded) && standsAsName(word, words[index - 1], words[index + 1], words[index + 2]);
  });
}

/**
 * Whether an answer may name somebody or something. A model writes names with a capital, and headings too, so what counts is whether
 * the words with a capital are ordinary ones.
 */
export function namesInAnswer(text: string): boolean {
  const words = wordsOf(plainForm(text.replace(/\n+/g, ' \u2022 ')));
  return words.some((word, index) => {
    if (!hasCapital(word.written) || word.written === 'I') return false;
    if (!isKnown(word)) return true;
    return NAMES_TOO.has(word.folded) && standsAsName(word, words[index - 1], words[index + 1], words[index + 2]);
  });
}

function standsAsName(
  word: Word,
  before: Word | undefined,
  next: Word | undefined,
  afterNext: Word | undefined,
): boolean {
  if (word.possessive && !PROPER_NOUNS.has(word.folded)) return true;
  if (before !== undefined && INTRODUCING.test(before.folded)) return true;
  if (next === undefined) return false;
  if (DOING.test(next.folded) || (BEING.test(next.folded) && !PROPER_NOUNS.has(word.folded))) return true;
  const other = afterNext && (NAMES_TOO.has(afterNext.folded) || !isKnown(afterNext));
  return next.folded === 'and' && other === true;
}

function isKnown({ written, folded }: Word): boolean {
  const lower = foldWord(written);
  if (CUT.test(lower)) return true;
  const [, ...endings] = lower.split("'");
  // One letter is an initial, but for the two that are words.
  if (folded.length === 1 && folded !== 'a' && folded !== 'i') return false;
  return endings.every((ending) => ENDING.test(ending)) && isOrdinary(folded);
}

function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(WORD)].map(({ 0: written, index }) => {
    // A unit after its number is no word of its own: "35mm", "3pm", "1st" are looked at as what they are elsewhere.
    const [folded = ''] = foldWord(written).split("'");
    return {
      written,
      folded,
      first: BEGINNING.test(text.slice(Math.max(0, index - 12), index)),
      possessive: /'s$/i.test(written),
    };
  });
}

function hasCapital(written: string): boolean {
  return /\p{Lu}/u.test(written);
}

/** Who writes all in capitals says nothing by them. */
function lowerIfShouted(text: string): string {
  return /\p{Ll}/u.test(text) ? text : text.toLowerCase();
}
