import { isKnown } from './lexicon.ts';
import { PLACES } from './places.ts';
import { isText, token, type Token } from './token.ts';
import { WORD_FORMS } from './word-forms.ts';

const ENDINGS: ReadonlyMap<string, string> = new Map([
  ["n't", 'not'],
  ["'re", 'are'],
  ["'ve", 'have'],
  ["'ll", 'will'],
  ["'m", 'am'],
]);

/** After these, `'s` stands for a verb; after nouns mostly for a possessive, which is left alone. */
const BEFORE_IS: ReadonlySet<string> = new Set([
  'what',
  'where',
  'how',
  'when',
  'why',
  'that',
  'there',
  'here',
  'which',
]);
const BEFORE_IS_OR_HAS: ReadonlySet<string> = new Set(['who', 'it', 'he', 'she']);

/** Nothing can be owned that begins with these, so `'s` before them is the verb whatever noun it follows. */
const BEHIND_IS: ReadonlySet<string> = new Set('in at on the a an my our not too very going'.split(' '));

/** Participles that make `what's happened` a "has": nothing "is happened". */
const AFTER_HAS: ReadonlySet<string> = new Set(
  'been got had happened changed gone become come arrived died started stopped finished'.split(' '),
);

/** After `'d`, a verb in its base form tells "would" from "had". */
const AFTER_WOULD: ReadonlySet<string> = new Set(
  'like love prefer be have need want appreciate hate never really recommend suggest expect do go say'.split(' '),
);

/** What has a number: behind these "no." is one, where the sentence goes on. */
const NUMBERED: ReadonlySet<string> = new Set(
  `account booking charity company contact customer fax house invoice licence license mobile order passport permit phone policy
  reference registration serial tel telephone vat`.split(/\s+/),
);

/** Points of the compass in one letter, before the name of a place. */
const COMPASS: ReadonlyMap<string, string> = new Map([
  ['n', 'north'],
  ['e', 'east'],
  ['s', 'south'],
  ['w', 'west'],
]);

/** Every word in its one form: contractions written out where what they stand for is certain, short forms and spellings replaced. */
export function spellOut(source: readonly Token[]): Token[] {
  const tokens = source.some(({ text }) => text === 'no' || COMPASS.has(text)) ? pointed(source) : source;
  const spelled: Token[] = [];
  for (const [index, each] of tokens.entries()) {
    if (each.kind !== 'word') {
      spelled.push(each);
      continue;
    }
    const forms =
      WORD_FORMS.get(each.text) ??
      (each.text.includes("'") ? contraction(each.text, tokens[index + 1]) : respelt(each.text));
    if (forms === undefined) spelled.push(each);
    else spelled.push(...forms.map((form) => token('word', form, each.capital && forms.length === 1)));
  }
  return spelled;
}

/** Words cut short with a point, the point taken with them: "VAT no. on a bill", "N. Ireland". */
function pointed(tokens: readonly Token[]): Token[] {
  const made: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const each = tokens[at];
    if (each === undefined) break;
    const point = isPoint(tokens[at + 1]) ? 1 : 0;
    const following = tokens[at + 1 + point];
    // A small "w" alone is "with".
    const compass = each.capital || point > 0 || each.text !== 'w' ? COMPASS.get(each.text) : undefined;
    if (point > 0 && isText(each, 'no') && NUMBERED.has(made.at(-1)?.text ?? '') && !following?.capital) {
      made.push(token('word', 'number'));
      at++;
    } else if (compass !== undefined && following?.kind === 'word' && PLACES.has(following.text)) {
      made.push(token('word', following.text === 'ireland' && compass === 'north' ? 'northern' : compass));
      at += point;
    } else made.push(each);
  }
  return made;
}

function isPoint(candidate: Token | undefined): boolean {
  return candidate?.kind === 'mark' && candidate.text === '.';
}

/** American -ize where no list has the word: "personalization". */
const AMERICAN = /iz(e|ed|es|er|ers|ing|able|ation|ations)$/;

function respelt(word: string): readonly string[] | undefined {
  return word.length > 6 && AMERICAN.test(word) && !isKnown(word) ? [word.replace(AMERICAN, 'is$1')] : undefined;
}

function contraction(word: string, next: Token | undefined): readonly string[] | undefined {
  for (const [ending, full] of ENDINGS) if (word.endsWith(ending)) return [word.slice(0, -ending.length), full];
  const following = next?.text ?? '';
  if (word.endsWith("'s")) {
    const before = word.slice(0, -2);
    if (BEFORE_IS.has(before)) return [before, AFTER_HAS.has(following) ? 'has' : 'is'];
    if (!BEFORE_IS_OR_HAS.has(before))
      return BEHIND_IS.has(following) && !WORD_FORMS.has(before) ? [before, 'is'] : spelledPossessive(before);
    if (AFTER_HAS.has(following)) return [before, 'has'];
    return /(?:ed|en|n|t)$/.test(following) ? undefined : [before, 'is'];
  }
  if (!word.endsWith("'d")) return undefined;
  const before = word.slice(0, -2);
  if (following === 'better') return [before, 'had'];
  return AFTER_WOULD.has(following) ? [before, 'would'] : undefined;
}

function spelledPossessive(owner: string): readonly string[] | undefined {
  const form = WORD_FORMS.get(owner);
  return form?.length === 1 ? [`${form[0]}'s`] : undefined;
}
