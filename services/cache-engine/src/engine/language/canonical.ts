import { LRUCache } from 'lru-cache';
import { arranged } from './arrangement.ts';
import { AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS, QUESTION_WORDS, SUBORDINATORS } from './grammar.ts';
import { singularOf } from './lexicon.ts';
import { BEFORE_FIGURES, SYNONYMS } from './synonyms.ts';
import { inOneWay } from './ways-to-ask.ts';

/** Words that say how sure or how curious the asker is, and nothing about what is asked. */
const IDLE: ReadonlySet<string> = new Set(
  'actually really exactly ideally possibly please kindly honestly basically'.split(' '),
);

/** First persons: a couple asks as one or as two. */
const SINGULAR_SELF = ['i', 'me', 'my', 'mine', 'myself'];
const PLURAL_SELF = ['we', 'us', 'our', 'ours', 'ourselves'];

/** Words of time past, beside which "could" is not a polite "can". */
const PAST = /\b(?:ago|last|yesterday|previously|historically|formerly|used to|back then|in (?:19|20)\d\d)\b/;

/** A verb has one form here: what it agrees with is said beside it. */
const AGREED: ReadonlyMap<string, string> = new Map([
  ['are', 'is'],
  ['am', 'is'],
  ['does', 'do'],
  ['has', 'have'],
  ['were', 'was'],
]);

/** What says which one or how many are meant. */
const TELLING_WHICH: ReadonlySet<string> = new Set([
  ...[...DETERMINERS].filter((word) => word !== 'a' && word !== 'an'),
  ...QUESTION_WORDS,
  ...'many several few most more other others both no another certain various different'.split(' '),
]);

/** Both sides of "and" or "or" may change places only where nothing before or after them can belong to one of them alone. */
const EITHER_WAY =
  /(^|(?:^| )(?:between|is|in|on|at|for|with|from|to|by|than|as) )(\S+) (and|or) (\S+)(?=$| (?:in|on|at|for|with|by|during|before|after|to) )/g;

/** One question is compared with several, and mostly reads the same beside each. */
const forms = new LRUCache<string, string>({ max: 200 });

/** A question's words in a form in which it equals every question that asks the same with other words of the same sense. */
export function canonicalForm(words: readonly string[]): string {
  const text = words.join(' ');
  let form = forms.get(text);
  if (form === undefined) forms.set(text, (form = formOf(words)));
  return form;
}

function formOf(words: readonly string[]): string {
  const plain = generic(withSynonyms(words.filter((word) => !IDLE.has(word)))).map((word) => AGREED.get(word) ?? word);
  const asked = named(plain);
  const bare = asked.filter((_, at) => !isArticle(asked, at));
  const text = inOneWay(polite(oneSelf(bare).join(' ')))
    .replace(/\b(\S+) of (bride|groom|couple)\b/g, "$2's $1")
    .replace(
      /\bin (?!(?:front|honour|memory|place|charge|advance|season|case|person|order|time|total|term|love) )(?=(?:(?!(?:for|at|on|with|to|by|from|and|or) )\S+ ){0,4}(?:wedding|ceremony|reception|service|mass|party)\b)/g,
      'at ',
    )
    .replace(/^(to|in|on|at|for|with|from|by|of) ((?:what|who|which) .*)$/, '$2 $1')
    .replace(/^how would you /, 'how do you ')
    .replace(/\bwith no\b|\bwithout any\b/g, 'without')
    .replace(/\b(in|on) to\b/g, '$1to')
    .replace(/\brule(s?) (?:about|for|around)\b/g, 'rule$1 on')
    .replace(EITHER_WAY, (match, before: string, one: string, joint: string, other: string) =>
      one <= other ? match : `${before}${other} ${joint} ${one}`,
    )
    .replace(/\s+/g, ' ')
    .trim();
  return arranged(text.split(' ')).join(' ');
}

/** What is asked about, where a question is no more than a thing with an article: "what is the X" is "X", "how much is a X" its cost. */
function named(words: readonly string[]): readonly string[] {
  const [first, second, third, fourth] = words;
  if (first === 'what' && second === 'is' && third === 'the') return words.slice(3);
  if (/^(?:explain|describe|outline|summarise|estimate|calculate)$/.test(first ?? '') && second === 'the')
    return words.slice(2);
  const priced = first === 'how' && second === 'much' && third === 'is' && (fourth === 'a' || fourth === 'an');
  return priced ? ['cost', 'of', ...words.slice(4)] : words;
}

function polite(text: string): string {
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
    const owned = word.endsWith("'s")
      ? SYNONYMS.get(word.slice(0, -2))?.find((each) => each.words.length === 1)
      : undefined;
    const synonym = SYNONYMS.get(word)?.find((each) => each.words.every((part, offset) => words[at + offset] === part));
    if (synonym !== undefined && (!BEFORE_FIGURES.has(word) || /^(?:[\d£€$]|how$)/.test(words[at + 1] ?? ''))) {
      made.push(...synonym.becomes);
      at += synonym.words.length;
    } else if (owned !== undefined) {
      made.push(...owned.becomes.slice(0, -1), `${owned.becomes.at(-1)}'s`);
      at++;
    } else {
      made.push(word);
      at++;
    }
  }
  return made;
}

/** Bare plurals in the singular: "do bands play" asks what "does a band play" asks; "my sisters" are more than "my sister". */
function generic(words: readonly string[]): readonly string[] {
  return words.map((word, at) => {
    const singular = singularOf(word);
    return singular === undefined || isDetermined(words, at) ? word : singular;
  });
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

/** An article that tells nothing; "a few" and "few", "the only" and "only", "a number of" and "number of" differ. */
function isArticle(words: readonly string[], at: number): boolean {
  const [word, next, afterNext] = words.slice(at, at + 3);
  if (word !== 'a' && word !== 'an' && word !== 'the') return false;
  if (next === 'few' || next === 'little' || next === 'only' || next === '1') return false;
  return afterNext !== 'of' || !/^(?:number|lot|couple|bit|pair)$/.test(next ?? '');
}

/** "I" and "we" alike, in a question that has only one of them. */
function oneSelf(words: readonly string[]): readonly string[] {
  const singular = words.some((word) => SINGULAR_SELF.includes(word));
  if (!singular || words.some((word) => PLURAL_SELF.includes(word))) return words;
  return words.map((word) => PLURAL_SELF[SINGULAR_SELF.indexOf(word)] ?? word);
}
