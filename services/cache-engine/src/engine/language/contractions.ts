import { isKnown } from './lexicon.ts';
import { token, type Token } from './token.ts';
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

/** Every word in its one form: contractions written out where what they stand for is certain, short forms and spellings replaced. */
export function spellOut(tokens: readonly Token[]): Token[] {
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
