import { editDistance } from './edit-distance.ts';
import { FUNCTION_WORDS } from './grammar.ts';
import { MEMBERSHIPS, WEAK_GROUPS } from './groups.ts';
import { isKnown } from './lexicon.ts';
import { read, type Reading } from './normal-form.ts';
import { reconciled } from './reconcile.ts';
import { isNegation, slotsIn, type Slots } from './slots.ts';
import { bare, mayBeName, SHORTEST_MENDED, type Token } from './token.ts';

/** The slot in which two questions differ, with what each has there; several values are joined by ", ". */
export interface SlotConflict {
  readonly slot: string;
  readonly a: string;
  readonly b: string;
}

/** Slots that count even where one question says nothing: the other's date, place or sum is what its answer hangs on. */
const ONE_SIDED = ['date', 'money', 'place'];

/** Slots in which a difference counts only between questions that share this part of their content words. */
const WEAK = new Set(['negation', 'tense', ...WEAK_GROUPS]);
const MUCH_ALIKE = 0.5;

/** The same for who does what: there the words are all the same. */
const SAME_WORDS = 0.8;

/** Slots that are compared in a way of their own. */
const OWN_WAY = new Set(['name', 'agent', 'opening', 'negation', 'tense']);

/** Tenses that one answer never serves both of; "is" and "will" often ask the same. */
const TENSES_APART: ReadonlySet<string> = new Set(['past present', 'past future', 'past perfect', 'future perfect']);

/** Places that most questions are about anyway. */
const WIDEST: ReadonlySet<string> = new Set(['uk', 'britain']);

/** What is said of a place instead of its name. */
const DEMONYMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    england: 'english',
    france: 'french',
    germany: 'german',
    greece: 'greek',
    india: 'indian',
    ireland: 'irish',
    italy: 'italian',
    poland: 'polish',
    portugal: 'portuguese',
    scotland: 'scottish',
    spain: 'spanish',
    turkey: 'turkish',
    wales: 'welsh',
  }),
);

const NONE: ReadonlySet<string> = new Set();

/** What there is to compare of a question. */
interface Compared {
  readonly slots: Slots;
  /** Every word of it, padding included. */
  readonly said: ReadonlySet<string>;
  /** The words of the question alone. */
  readonly asked: ReadonlySet<string>;
}

/**
 * A slot that tells two questions apart, `undefined` when none does. It only ever rejects: no conflict does not make two questions
 * the same. Which of the two comes first makes no difference but to which is `a`.
 */
export function slotConflict(a: string, b: string): SlotConflict | undefined {
  const [one, other] = [read(a), read(b)];
  return conflictBetween(matched(one, other), matched(other, one));
}

/** The reading with slips and short forms written as the other question has them. */
function matched(reading: Reading, other: Reading): Compared {
  const tokens = namesAsIn(other.tokens, reconciled(reading.tokens, other.tokens));
  const question = namesAsIn(other.question, reconciled(reading.question, other.question));
  return { slots: slotsIn({ tokens, question }), said: wordsOf(tokens), asked: wordsOf(question) };
}

/**
 * What has a capital and is no known word as `others` has it, where that is known and a slip away: "Cornnwall". It may be a name of its
 * own, but that it is none of what it is like is not sure.
 */
function namesAsIn(others: readonly Token[], tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(mayBeName)) return tokens;
  const known = new Set(
    others.map(({ text }) => text).filter((text) => text.length >= SHORTEST_MENDED && isKnown(text)),
  );
  return tokens.map((each) => {
    if (!mayBeName(each)) return each;
    const [only, another] = [...known].filter((word) => editDistance(bare(each.text), word, 1) <= 1);
    return only === undefined || another !== undefined ? each : { ...each, text: only };
  });
}

function wordsOf(tokens: readonly Token[]): ReadonlySet<string> {
  return new Set(tokens.filter(({ kind }) => kind !== 'mark').flatMap(({ text }) => text.split(' ').map(bare)));
}

function conflictBetween(one: Compared, other: Compared): SlotConflict | undefined {
  for (const slot of [...new Set([...one.slots.keys(), ...other.slots.keys()])].sort()) {
    const found = OWN_WAY.has(slot) ? undefined : valueConflict(slot, one, other);
    if (found !== undefined && (!WEAK.has(slot) || likeness(one, other, slot) >= MUCH_ALIKE)) return found;
  }
  return (
    nameConflict(one, other) ??
    (likeness(one, other) >= MUCH_ALIKE
      ? (negationConflict(one, other) ?? tenseConflict(one.slots, other.slots))
      : undefined) ??
    agentConflict(one, other)
  );
}

/** Each side has a value that the other lacks; in some slots one such side is enough. */
function valueConflict(slot: string, one: Compared, other: Compared): SlotConflict | undefined {
  const values = one.slots.get(slot) ?? NONE;
  const others = other.slots.get(slot) ?? NONE;
  const missing = [...values].filter((value) => !has(slot, others, other.said, value));
  const otherMissing = [...others].filter((value) => !has(slot, values, one.said, value));
  const oneSided = ONE_SIDED.includes(slot) && (values.size === 0 || others.size === 0 || slot === 'place');
  const apart = oneSided ? missing.length + otherMissing.length > 0 : missing.length > 0 && otherMissing.length > 0;
  return apart ? conflict(slot, values, others) : undefined;
}

/** Whether a value is there, or one that says the same with less: "3:00" for "3pm", "14 june" for a date with its year. */
function has(slot: string, values: ReadonlySet<string>, words: ReadonlySet<string>, value: string): boolean {
  if (values.has(value)) return true;
  if (slot === 'place')
    return (
      WIDEST.has(value) || words.has(DEMONYMS.get(value) ?? value) || value.split(' ').every((word) => words.has(word))
    );
  if (slot === 'time')
    return [...values].some((each) => dial(each) === dial(value) && (isVague(each) || isVague(value)));
  if (slot !== 'number' && slot !== 'date') return false;
  if (slot === 'number' && [...values].some((each) => cardinal(each) === cardinal(value))) return true;
  return [...values].some((each) => each.startsWith(`${value} `) || value.startsWith(`${each} `));
}

/** Day 2 is the 2nd day. */
function cardinal(number: string): string {
  return number.replace(/(?<=^\d+)(?:st|nd|rd|th)$/, '');
}

/** What a clock's face shows: `3:00` for 3pm. */
function dial(time: string): string {
  const shown = time.replace(/[ap]m$/, '');
  return shown.includes(':') ? shown : `${shown}:00`;
}

function isVague(time: string): boolean {
  return !time.endsWith('m');
}

function tenseConflict(one: Slots, other: Slots): SlotConflict | undefined {
  const tenses = one.get('tense') ?? NONE;
  const others = other.get('tense') ?? NONE;
  const [first = ''] = tenses;
  const [second = ''] = others;
  const apart = TENSES_APART.has(`${first} ${second}`) || TENSES_APART.has(`${second} ${first}`);
  return apart ? conflict('tense', tenses, others) : undefined;
}

/** Words that deny without a "not": what is free is not booked, what one avoids is not done. */
const DENYING: ReadonlySet<string> = new Set(
  `absent available avoid avoiding empty exempt forbid forbidden free left missing open prevent remaining skip skipping spare stop vacant
  waive waived`.split(/\s+/),
);

/** One denies what the other does not, unless the other denies in a word that the one lacks. */
function negationConflict(one: Compared, other: Compared): SlotConflict | undefined {
  const negated = one.slots.has('negation');
  if (negated === other.slots.has('negation')) return undefined;
  const [denying, plain] = negated ? [one, other] : [other, one];
  if ([...plain.asked].some((word) => DENYING.has(word) && !denying.asked.has(word))) return undefined;
  return { slot: 'negation', a: negated ? 'negated' : 'plain', b: negated ? 'plain' : 'negated' };
}

/** Each has a name that the other does not have, in capitals or not, and not by a slip. */
function nameConflict(one: Compared, other: Compared): SlotConflict | undefined {
  const names = one.slots.get('name') ?? NONE;
  const others = other.slots.get('name') ?? NONE;
  const missing = [...names].filter((name) => !mentions(other.said, name));
  const otherMissing = [...others].filter((name) => !mentions(one.said, name));
  return missing.length > 0 && otherMissing.length > 0 && !isInitials(missing, otherMissing)
    ? conflict('name', names, others)
    : undefined;
}

function mentions(words: ReadonlySet<string>, name: string): boolean {
  if (words.has(name) || words.has(`${name}s`)) return true;
  return name.length > 4 && [...words].some((word) => !isKnown(word) && editDistance(word, name, 1) <= 1);
}

/** "NT" for National Trust. */
function isInitials(names: readonly string[], others: readonly string[]): boolean {
  const initials = names.map(([first]) => first).join('');
  const otherInitials = others.map(([first]) => first).join('');
  return (others.length === 1 && others[0] === initials) || (names.length === 1 && names[0] === otherInitials);
}

/** Who does and who is done to, changed about: each is the other's subject and is named in it. */
function agentConflict(one: Compared, other: Compared): SlotConflict | undefined {
  const [agent] = one.slots.get('agent') ?? NONE;
  const [otherAgent] = other.slots.get('agent') ?? NONE;
  if (agent === undefined || otherAgent === undefined || agent === otherAgent || likeness(one, other) < SAME_WORDS)
    return undefined;
  const [opening] = one.slots.get('opening') ?? NONE;
  if (!other.slots.get('opening')?.has(opening ?? '') || one.said.has('by') !== other.said.has('by')) return undefined;
  if (!concerns(other.said, agent) || !concerns(one.said, otherAgent)) return undefined;
  return { slot: 'agent', a: agent, b: otherAgent };
}

function concerns(words: ReadonlySet<string>, agent: string): boolean {
  return agent === 'self' ? ['me', 'us', 'my', 'our', 'i', 'we'].some((word) => words.has(word)) : words.has(agent);
}

function conflict(slot: string, a: ReadonlySet<string>, b: ReadonlySet<string>): SlotConflict {
  return { slot, a: [...a].sort().join(', '), b: [...b].sort().join(', ') };
}

/** Shared part of the content words of both, 0–1, without those that fill `slot`. */
function likeness(one: Compared, other: Compared, slot?: string): number {
  const isCounted = (word: string): boolean =>
    isContent(word) && !MEMBERSHIPS.get(word)?.some(({ of }) => of.group === slot);
  const contents = new Set([...one.asked].filter(isCounted));
  const others = new Set([...other.asked].filter(isCounted));
  const all = contents.union(others).size;
  return all === 0 ? 1 : contents.intersection(others).size / all;
}

function isContent(word: string): boolean {
  return !FUNCTION_WORDS.has(word) && !isNegation(word);
}
