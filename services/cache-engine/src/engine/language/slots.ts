import { AUXILIARIES, DETERMINERS, QUESTION_WORDS } from './grammar.ts';
import { MEMBERSHIPS } from './groups.ts';
import { isKnown, isWord } from './lexicon.ts';
import { read, type Reading } from './normal-form.ts';
import { DOUBTFUL_PLACES, PLACES, SHORT_PLACES } from './places.ts';
import { bare, isText, type Token } from './token.ts';

/** What a question says of matters that decide its answer: values by the name of the slot. */
export type Slots = ReadonlyMap<string, ReadonlySet<string>>;

const NEGATIONS: ReadonlySet<string> = new Set(
  `not no non never none nobody nothing neither nor without unable refuse refuses refused dislike dislikes hate hates lack lacks except
  ain't illegal impossible invalid inappropriate`.split(/\s+/),
);

const TENSES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    past: 'did was were had',
    future: 'will shall',
    perfect: 'has have',
    present: 'do does is are am',
  }).flatMap(([tense, verbs]) => verbs.split(' ').map((verb): [string, string] => [verb, tense])),
);

/** A verb that stands further back is not the question's own. */
const VERB_BY = 3;

/** Acronyms and the like have capitals without being the name of one place or person. */
const TITLES: ReadonlySet<string> = new Set('mr mrs ms dr rev sir lady lord st saint'.split(' '));

/** First persons in one form: who asks is the same person in all of them. */
const SELF: ReadonlySet<string> = new Set('i we me us my our'.split(' '));

/** The slots of a question. */
export function slotsOf(text: string): Slots {
  return slotsIn(read(text));
}

/** The slots of a question that is read already. */
export function slotsIn({ tokens, question }: Reading): Slots {
  const slots = new Map<string, Set<string>>();
  const add = (slot: string, value: string): void => {
    const values = slots.get(slot);
    if (values === undefined) slots.set(slot, new Set([value]));
    else values.add(value);
  };
  for (const [at, each] of tokens.entries()) {
    addValue(tokens, at, each, add);
    addGroups(tokens, at, each, add);
    if (isNegation(each.text)) add('negation', 'negated');
  }
  addPlaces(tokens, add);
  for (const name of namesOf({ tokens, question })) add('name', name);
  const verb = question.findIndex(({ kind, text: own }) => kind === 'mark' || AUXILIARIES.has(own));
  const tense = verb > VERB_BY || !isAsking(question, verb) ? undefined : TENSES.get(question[verb]?.text ?? '');
  if (tense !== undefined) add('tense', tense);
  const agent = agentOf(question);
  if (agent !== undefined) {
    add('agent', agent);
    add(
      'opening',
      question
        .slice(0, verb + 1)
        .map(({ text: own }) => own)
        .join(' '),
    );
  }
  return slots;
}

/** Whether the first verb is the question's own, and not that of a statement before it: "our venue has a limiter, will it trip". */
function isAsking(question: readonly Token[], verb: number): boolean {
  return verb === 0 || question.slice(0, 2).some(({ text }) => QUESTION_WORDS.has(text));
}

/** The words with a capital that no sentence gave them. */
export function namesOf({ tokens }: Reading): readonly string[] {
  const titled = tokens.filter(({ kind, capital }) => kind === 'word' && capital).length;
  const lettered = tokens.filter(({ kind }) => kind === 'word').length;
  // A Headline Has Capitals Everywhere.
  if (titled > 4 && titled > 0.7 * lettered) return [];
  return tokens.flatMap((each, at) => {
    if (each.kind !== 'word' || !each.capital || each.text.length < 2) return [];
    const before = tokens[at - 1];
    const opens = before === undefined || (before.kind === 'mark' && /[.?!:\-"]/.test(before.text));
    const unknown = !isWord(bare(each.text));
    if ((opens && !unknown) || TITLES.has(each.text) || isDay(tokens, at) || isOfPlace(bare(each.text))) return [];
    return opens && !isKnown(bare(each.text)) && each.text.length > 3 && !tokens[at + 1]?.capital
      ? []
      : [bare(each.text)];
  });
}

/** "Not" and its like, and words made with "un" or "non" from a word of their own. */
export function isNegation(word: string): boolean {
  if (NEGATIONS.has(word)) return true;
  const [, denied] = (word.length > 6 && /^(?:un(?!der|til|less)|non(?!stop|sense))(.+)$/.exec(word)) || [];
  return denied !== undefined && isWord(denied);
}

/** Places and nationalities have slots of their own. */
function isOfPlace(word: string): boolean {
  return (
    PLACES.has(SHORT_PLACES.get(word) ?? word) ||
    (MEMBERSHIPS.get(word)?.some(({ of }) => of.group === 'nationality') ?? false)
  );
}

type Add = (slot: string, value: string) => void;

/** Groups of days, which have capitals and are no names. */
const DAYS: ReadonlySet<string> = new Set(['weekday', 'month', 'season']);

function isDay(tokens: readonly Token[], at: number): boolean {
  const text = tokens[at]?.text ?? '';
  return text === 'may' || beginsDay(tokens, at, 0) || beginsDay(tokens, at - 1, 1);
}

/** Whether a day of `more` further words, or of more than that, begins there. */
function beginsDay(tokens: readonly Token[], at: number, more: number): boolean {
  return (MEMBERSHIPS.get(bare(tokens[at]?.text ?? '')) ?? []).some(
    ({ rest, of }) => DAYS.has(of.group) && rest.length >= more && goesOn(tokens, at, rest),
  );
}

/** Whether these words follow. */
function goesOn(tokens: readonly Token[], at: number, words: readonly string[]): boolean {
  return words.every((word, offset) => isText(tokens[at + 1 + offset], word));
}

function addValue(tokens: readonly Token[], at: number, each: Token, add: Add): void {
  const next = tokens[at + 1];
  if (each.kind === 'date' || each.kind === 'time' || each.kind === 'money' || each.kind === 'percent')
    add(each.kind, each.text);
  else if (each.kind === 'number') {
    if (isText(next, 'grand')) add('money', `£${Number(each.text) * 1000}`);
    else add('number', UNITS.has(next?.text ?? '') ? `${each.text} ${next?.text ?? ''}` : each.text);
  } else if (each.kind === 'ordinal') add('number', each.text);
}

const UNITS: ReadonlySet<string> = new Set(
  `second minute hour day week month year night metre centimetre millimetre kilometre foot inch yard mile kilogram gram litre
  millilitre pint decibel punnets bottles boxes`.split(/\s+/),
);

function addGroups(tokens: readonly Token[], at: number, each: Token, add: Add): void {
  if (each.kind === 'mark') return;
  for (const { rest, of } of MEMBERSHIPS.get(bare(each.text)) ?? []) {
    if (!goesOn(tokens, at, rest)) continue;
    if (of.group === 'begun or ended' && each.text === 'open') addOpen(tokens, add);
    else add(of.group, of.member);
    if (of.group === 'weekday') addRange(tokens, at, of.member, add);
  }
}

/** What is open until some time ends then; what is open from one time until another says both. */
function addOpen(tokens: readonly Token[], add: Add): void {
  const says = (word: string): boolean => tokens.some((each) => isText(each, word));
  const ending =
    says('until') || says('till') || tokens.some((each, at) => isText(each, 'how') && isText(tokens[at + 1], 'late'));
  if (!ending || says('from')) add('begun or ended', 'start');
  if (ending) add('begun or ended', 'end');
}

const WORKING_DAYS: ReadonlySet<string> = new Set('monday tuesday wednesday thursday friday'.split(' '));

/** From one day to another, neither at a weekend, is on weekdays. */
function addRange(tokens: readonly Token[], at: number, day: string, add: Add): void {
  const joint = tokens[at + 1];
  const end = joint !== undefined && /^(?:to|until|till|through)$/.test(joint.text) ? tokens[at + 2] : joint;
  const last = MEMBERSHIPS.get(end?.text ?? '')?.find(({ of }) => of.group === 'weekday')?.of.member;
  if (WORKING_DAYS.has(day) && WORKING_DAYS.has(last ?? '')) add('weekday', 'weekday');
}

/** Places that the list knows, the longest name first, and the law of each. */
function addPlaces(tokens: readonly Token[], add: Add): void {
  for (let at = 0; at < tokens.length; at++) {
    for (let length = 3; length >= 1; length--) {
      const words = tokens.slice(at, at + length);
      if (words.length < length || words.some(({ kind }) => kind !== 'word')) continue;
      const name = words.map(({ text }) => bare(text)).join(' ');
      const place = SHORT_PLACES.get(name) ?? name;
      const law = PLACES.get(place);
      if (law === undefined || (DOUBTFUL_PLACES.has(name) && !words[0]?.capital)) continue;
      if (name === 'ni' && tokens[at + 1]?.text.startsWith('number')) continue;
      add('place', place);
      add('law', law);
      at += length - 1;
      break;
    }
  }
}

/** The noun or person right after the first auxiliary: who is asked about. */
function agentOf(question: readonly Token[]): string | undefined {
  const verb = question.findIndex(({ text }) => AUXILIARIES.has(text));
  if (verb < 0) return undefined;
  for (let at = verb + 1; at <= verb + 3; at++) {
    const each = question[at];
    if (each === undefined || each.kind !== 'word') return undefined;
    if (SELF.has(each.text) && each.text.length <= 2 && each.text !== 'my') return 'self';
    if (DETERMINERS.has(each.text)) continue;
    return /(?:ing|ed)$/.test(each.text) ? undefined : each.text;
  }
  return undefined;
}
