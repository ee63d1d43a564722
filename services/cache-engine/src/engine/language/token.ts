import { isKnown, isWord } from './lexicon.ts';
import { INITIALS } from './word-forms.ts';

/** What a token stands for. A `mark` is punctuation. */
export type TokenKind = 'word' | 'number' | 'ordinal' | 'date' | 'time' | 'money' | 'percent' | 'mark';

/** A piece of a question. */
export interface Token {
  readonly kind: TokenKind;
  /** The normal form: lower case, one spelling, one notation. */
  readonly text: string;
  /** As it was written, lower case. Differs from `text` where a slip was mended. */
  readonly written: string;
  /** Whether it began with a capital. */
  readonly capital: boolean;
  /** Whether it had nothing but capitals, in a text that has others. */
  readonly acronym: boolean;
}

/** A token that a rule made. */
export function token(kind: TokenKind, text: string, capital = false, acronym = false): Token {
  return { kind, text, written: text, capital, acronym };
}

/** Whether the token is the word `text`. */
export function isText(candidate: Token | undefined, text: string): boolean {
  return candidate?.text === text && candidate.kind !== 'mark';
}

/** A vulgar fraction as NFKC would not leave it: with a space before it, so that 1½ is not 11/2. */
const FRACTIONS: ReadonlyMap<string, string> = new Map([
  ['½', ' half '],
  ['¼', ' quarter '],
  ['¾', ' three quarters '],
]);

/** Halves and quarters in figures, which dates after "on" or "by" look like. */
const SLASHED_FRACTION =
  /(?<![\d/.-]|\b(?:on|by|until|till|from|before|after|the|of|for) )(?:1\/2|[13]\/4)(?![\d/.-]|\s*(?:st|nd|th))/gi;
const SLASHED: Readonly<Record<string, string>> = { '1/2': '½', '1/4': '¼', '3/4': '¾' };

/** June '27 is no 27 June. */
const SHORT_YEAR = /(?<=(?:\p{L}|\d(?:st|nd|rd|th)?),? )'(\d\d)(?![\d\p{L}'])/gu;

const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/gu;
const APOSTROPHES = /[\u2018\u2019\u201B\u02BC\u02B9\u2032\u0060\u00B4]/gu;

/** One way to write each character: NFKC, straight quotes, one hyphen. */
function straighten(text: string): string {
  return text
    .replace(/(\d)\s?½/g, '$1.5')
    .replace(SLASHED_FRACTION, (fraction) => SLASHED[fraction] ?? fraction)
    .replace(/[½¼¾]/g, (fraction) => FRACTIONS.get(fraction) ?? fraction)
    .replace(APOSTROPHES, "'")
    .replace(SHORT_YEAR, '20$1')
    .normalize('NFKC')
    .replace(DASHES, '-')
    .replace(/\p{Cf}/gu, '');
}

const PIECES = new RegExp(
  [
    String.raw`(?<date>\d{4}-\d{1,2}-\d{1,2}(?!\d)|\d{1,2}([/.-])\d{1,2}\2(?:\d{4}|\d{2})(?!\d))`,
    String.raw`(?<money>[£€$]\s?\d+(?:,\d{3})*(?:\.\d+)?k?(?:-[£€$]?\d+(?:,\d{3})*(?:\.\d+)?k?)?(?![\p{L}\d]))`,
    String.raw`(?<clock>\d{1,2}:\d{2}(?!\d))`,
    String.raw`(?<ordinal>\d+(?:st|nd|rd|th)(?!\p{L}))`,
    String.raw`(?<percent>\d+(?:\.\d+)?\s?(?:%|per\s?cent(?!\p{L})))`,
    String.raw`(?<degrees>°\s?[cf]?(?!\p{L}))`,
    String.raw`(?<number>\d+(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)`,
    String.raw`(?<meridiem>[ap]\.\s?m\.?(?!\p{L}))`,
    String.raw`(?<short>t\s?&\s?cs?(?!\p{L})|t\s?and\s?cs(?!\p{L})|w/o?(?!\p{L})|b&b(?!\p{L})|q&a(?!\p{L})|e\.g\.?|i\.e\.?)`,
    String.raw`(?<word>\p{L}[\p{L}\p{M}]*(?:'\p{L}+)*)`,
    String.raw`(?<mark>[^\s])`,
  ].join('|'),
  'giu',
);

/** Marks that are words. */
const SPOKEN_MARKS: ReadonlyMap<string, string> = new Map([
  ['&', 'and'],
  ['@', 'at'],
]);

/** Accented words that are other words without the accent. */
const TELLING_ACCENTS: ReadonlySet<string> = new Set([
  'rosé',
  'pâté',
  'résumé',
  'exposé',
  'lamé',
  'maté',
  'saké',
  'père',
  'né',
]);

/** What is split rather than joined at a hyphen, though the joined form is a word of its own: re-sign, co-op. */
const OPEN_PREFIXES: ReadonlySet<string> = new Set(['re', 'co', 'un', 'de', 'pre', 'pro']);

/** The tokens of a text. A text that has no small letter is read as if it had no capital. */
export function tokenise(source: string): Token[] {
  const text = straighten(source);
  const shouted = !/\p{Ll}/u.test(text);
  const tokens: Token[] = [];
  let hyphen = false;
  let end = -1;
  for (const match of text.matchAll(PIECES)) {
    const { groups = {}, index } = match;
    const piece = match[0].toLowerCase();
    const touches = index === end;
    end = index + match[0].length;
    if (groups['word'] !== undefined) {
      const capital = !shouted && /^\p{Lu}/u.test(match[0]);
      const acronym = capital && /^\p{Lu}{2,}(?:'?s)?$/u.test(match[0]);
      const initials = acronym ? INITIALS.get(piece) : undefined;
      if (initials !== undefined) {
        tokens.push(...initials.split(' ').map((each) => token('word', each)));
        hyphen = false;
        continue;
      }
      const word = token('word', fold(piece), capital, acronym);
      const last = tokens.at(-1);
      if (hyphen && touches && last?.kind === 'word') {
        const joined = last.text + word.text;
        if (!OPEN_PREFIXES.has(last.text) && isWord(joined)) {
          tokens[tokens.length - 1] = token('word', joined, last.capital);
          hyphen = false;
          continue;
        }
      }
      tokens.push(word);
    } else if (groups['mark'] !== undefined) {
      if (piece === '-' && touches && /[\p{L}\d]/u.test(text.charAt(end))) {
        const range = /\d/.test(text.charAt(end)) && /^(?:number|ordinal|time)$/.test(tokens.at(-1)?.kind ?? '');
        if (range) tokens.push(token('word', 'to'));
        hyphen = true;
        continue;
      }
      const spoken = SPOKEN_MARKS.get(piece);
      if (spoken !== undefined) tokens.push(token('word', spoken));
      else if (/[.,;:?!()/\-"…\n]/.test(piece)) tokens.push(token('mark', piece));
    } else tokens.push(...valueOf(groups, piece));
    hyphen = false;
  }
  return tokens;
}

function valueOf(groups: Readonly<Record<string, string | undefined>>, piece: string): readonly Token[] {
  if (groups['date'] !== undefined) return [token('date', piece)];
  if (groups['money'] !== undefined) return [token('money', piece.replace(/[\s,]/g, ''))];
  if (groups['clock'] !== undefined) return [token('time', piece)];
  if (groups['ordinal'] !== undefined) return [token('ordinal', piece)];
  if (groups['percent'] !== undefined) return [token('percent', `${Number.parseFloat(piece)}%`)];
  if (groups['degrees'] !== undefined) return [token('word', piece.replace(/\s/g, ''))];
  if (groups['number'] !== undefined) return [token('number', piece.replaceAll(',', ''))];
  if (groups['meridiem'] !== undefined) return [token('word', piece.startsWith('a') ? 'am' : 'pm')];
  return SHORT_FORMS[piece.replace(/[\s.]/g, '')]?.map((word) => token('word', word)) ?? [token('word', piece)];
}

const SHORT_FORMS: Readonly<Record<string, readonly string[]>> = {
  't&cs': ['terms', 'and', 'conditions'],
  't&c': ['terms', 'and', 'conditions'],
  tandcs: ['terms', 'and', 'conditions'],
  'w/': ['with'],
  'w/o': ['without'],
  'b&b': ['bed', 'and', 'breakfast'],
  'q&a': ['questions', 'and', 'answers'],
  eg: ['for', 'example'],
  ie: ['that', 'is'],
};

/** Accents off, unless they make another word. */
function fold(word: string): string {
  // eslint-disable-next-line no-control-regex -- what is plain ASCII has no accent
  if (/^[\x00-\x7f]*$/.test(word) || TELLING_ACCENTS.has(word)) return word;
  return word.normalize('NFD').replace(/\p{M}/gu, '');
}

/** The word without a possessive ending. */
export function bare(word: string): string {
  return word.endsWith("'s") ? word.slice(0, -2) : word;
}

/** Shorter words are never mended: too many others are near. */
export const SHORTEST_MENDED = 5;

/** Whether the word may be a name that no list has, and must not be mended: it has a capital, and the length of what is mended. */
export function mayBeName({ kind, text, capital }: Token): boolean {
  const stem = bare(text);
  return kind === 'word' && capital && stem.length >= SHORTEST_MENDED && !isKnown(stem);
}
