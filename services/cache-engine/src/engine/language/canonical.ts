import { AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS, QUESTION_WORDS, SUBORDINATORS } from './grammar.ts';
import { isWord } from './lexicon.ts';
import { BEFORE_FIGURES, SYNONYMS } from './synonyms.ts';

/** Words that say how sure or how curious the asker is, and nothing about what is asked. */
const IDLE: ReadonlySet<string> = new Set(
  'actually really exactly ideally possibly please kindly honestly basically'.split(' '),
);

/** First persons: a couple asks as one or as two. */
const SINGULAR_SELF = ['i', 'me', 'my', 'mine', 'myself'];
const PLURAL_SELF = ['we', 'us', 'our', 'ours', 'ourselves'];

/** Words of time past, beside which "could" is not a polite "can". */
const PAST = /\b(?:ago|last|yesterday|previously|historically|formerly|used to|back then|in (?:19|20)\d\d)\b/;

/** Ways to ask that are the same for every text, each of them rewritten to the way on its right. Words only, articles gone. */
const FRAMES: readonly (readonly [RegExp, string])[] = [
  [/^(?:am|is|are) ((?:\S+ ){1,4}?)(?:allowed|permitted|able) to /, 'can $1'],
  [/^(?:is|would) it (?:be )?possible for ((?:\S+ ){1,4}?)to /, 'can $1'],
  [/^(?:is|would) it (?:be )?possible to /, 'can we '],
  [/^is it (?:allowed|permitted) to /, 'can we '],
  [/^would ((?:\S+ ){1,4}?)be able to /, 'can $1'],
  [/^would it be /, 'is it '],
  [/^is it ok if (?:i|we) /, 'is it ok to '],
  [/^is it ok for (?:me|us) to /, 'is it ok to '],
  [/^(?:do|should) (?:i|we) need to /, 'need to '],
  [/^(?:must|need) (?:i|we) /, 'need to '],
  [/^is it needed to /, 'need to '],
  [/^is it needed for (?:me|us) to /, 'need to '],
  [/^(?:am|are) (?:i|we) (?:needed|obliged|meant|supposed) to /, 'need to '],
  [/^do (?:i|we) need (?!to )/, 'need '],
  [/^(?:is )((?:\S+ ){1,6}?)needed(?= |$)/, 'need $1'],
  [/^(?:shall|ought) (i|we) (?:to )?/, 'should $1 '],
  [/^(?:what is )?(?:best|right|correct|proper|good|ideal) way (?:to|for (?:me|us) to) /, 'how to '],
  [/^how (?:do|can|could|should|would|might|shall) (?:i|we) (?:best )?/, 'how to '],
  [/^how (?:do|can|could|should|would) 1 /, 'how to '],
  [/^how best to /, 'how to '],
  [/^how is best way to /, 'how to '],
  [/^(?:how much|what) (?:do|would|will|can|should) ((?:\S+ )+?)cost(?= |$)/, 'cost of $1'],
  [/^what is (?:price|cost) (?:of|for) /, 'cost of '],
  [/^(?:price|cost) (?:of|for) /, 'cost of '],
  [/^how expensive is /, 'cost of '],
  [/^what (?:amount|quantity) of /, 'how much '],
  [/^what number of /, 'how many '],
  [/^how come /, 'why '],
  [/^what is reason (?:why|that|for) /, 'why '],
  [/^what is difference between /, 'difference between '],
  [/^(?:how do )(\S+(?: \S+)?) differ from (\S+(?: \S+)?)$/, 'difference between $1 and $2'],
  [/^how do (\S+(?: \S+)?) and (\S+(?: \S+)?) differ$/, 'difference between $1 and $2'],
  [/^(\S+(?: \S+)?) versus (\S+(?: \S+)?) (?:what is )?difference$/, 'difference between $1 and $2'],
  [/^difference between (\S+(?: \S+)?) versus (\S+)/, 'difference between $1 and $2'],
  [
    /^(?:do you have |have you |got |have you got |give |can i have |can we have |share |is there )?(?:any |some |your )*(tips|advice|suggestions|examples) (?:on|for|about|of|regarding) /,
    '$1 for ',
  ],
];

/** A question in words that can be compared: see `canonicalForms`. */
export function canonicalForm(words: readonly string[]): string {
  const singular = generic(withSynonyms(words.filter((word) => !IDLE.has(word))));
  const plain = singular.map(agreed).filter((word, at) => !isArticle(word, singular[at + 1]));
  let text = asked(oneSelf(plain).join(' '));
  for (const [pattern, becomes] of FRAMES) text = text.replace(pattern, becomes);
  return text.replace(/\s+/g, ' ').trim();
}

function asked(text: string): string {
  const permitted = PAST.test(text) ? text : text.replace(/^(\S+ )??(?:could|may) /, '$1can ');
  return permitted
    .replace(/\bwhich (?=(\S+))/g, (match, next: string) => (isPlainNoun(next) ? 'what ' : match))
    .replace(/\bthat (?=(?:i|we|you|he|she|they|it) )/g, '');
}

function isPlainNoun(word: string): boolean {
  return !AUXILIARIES.has(word) && !PRONOUNS.has(word) && !PREPOSITIONS.has(word) && word !== 'to';
}

function withSynonyms(words: readonly string[]): string[] {
  const made: string[] = [];
  for (let at = 0; at < words.length;) {
    const word = words[at] ?? '';
    const synonym = SYNONYMS.get(word)?.find((each) => each.words.every((part, offset) => words[at + offset] === part));
    const applies = synonym !== undefined && (!BEFORE_FIGURES.has(word) || /^[\d£€$]/.test(words[at + 1] ?? ''));
    if (applies) {
      made.push(...synonym.becomes);
      at += synonym.words.length;
    } else {
      made.push(word);
      at++;
    }
  }
  return made;
}

/** Bare plurals in the singular: "do bands play" asks what "does a band play" asks, "my bands" may be more than "my band". */
function generic(words: readonly string[]): readonly string[] {
  return words.map((word, at) => {
    const singular = singularOf(word);
    return singular === undefined || isDetermined(words, at) ? word : singular;
  });
}

function singularOf(word: string): string | undefined {
  if (!/^[a-z]{3,}s$/.test(word) || /(?:ss|us|is)$/.test(word)) return undefined;
  const candidates = [word.slice(0, -1)];
  if (word.endsWith('ies')) candidates.unshift(`${word.slice(0, -3)}y`);
  if (/(?:ch|sh|x|ss|z|o)es$/.test(word)) candidates.unshift(word.slice(0, -2));
  return candidates.find((candidate) => isWord(candidate));
}

/** Whether something before the noun says which or how many. */
function isDetermined(words: readonly string[], at: number): boolean {
  for (let before = at - 1; before >= 0 && before >= at - 4; before--) {
    const word = words[before] ?? '';
    if (/^\d/.test(word) || word.endsWith("'s") || TELLING_WHICH.has(word)) return true;
    if (word === 'a' || word === 'an') return false;
    if (AUXILIARIES.has(word) || PREPOSITIONS.has(word) || PRONOUNS.has(word) || SUBORDINATORS.has(word)) return false;
  }
  return false;
}

const TELLING_WHICH: ReadonlySet<string> = new Set([
  ...[...DETERMINERS].filter((word) => word !== 'a' && word !== 'an'),
  ...QUESTION_WORDS,
  ...'many several few most more other others both no another certain various different'.split(' '),
]);

const AGREED: ReadonlyMap<string, string> = new Map([
  ['are', 'is'],
  ['am', 'is'],
  ['does', 'do'],
  ['has', 'have'],
  ['were', 'was'],
]);

function agreed(word: string): string {
  return AGREED.get(word) ?? word;
}

/** An article that tells nothing; "a few" and "few", "the only" and "only" differ. */
function isArticle(word: string, next: string | undefined): boolean {
  return (
    (word === 'a' || word === 'an' || word === 'the') &&
    !/^(?:few|little|number|only|lot|couple|bit|1)$/.test(next ?? '')
  );
}

/** "I" and "we" alike, in a question that has only one of them. */
function oneSelf(words: readonly string[]): readonly string[] {
  const singular = words.some((word) => SINGULAR_SELF.includes(word));
  if (!singular || words.some((word) => PLURAL_SELF.includes(word))) return words;
  return words.map((word) => PLURAL_SELF[SINGULAR_SELF.indexOf(word)] ?? word);
}
