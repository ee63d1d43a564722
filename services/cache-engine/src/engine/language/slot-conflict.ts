import { editDistance } from './edit-distance.ts';
import { AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS, QUESTION_WORDS, SUBORDINATORS } from './grammar.ts';
import { WEAK_GROUPS } from './groups.ts';
import { isKnown } from './lexicon.ts';
import { normalForm } from './normal-form.ts';
import { slotsOf, type Slots } from './slots.ts';

/** The slot in which two questions differ, with what each has there; several values are joined by ", ". */
export interface SlotConflict {
  readonly slot: string;
  readonly a: string;
  readonly b: string;
}

/** Slots that must say the same on both sides: what one of them has and the other lacks changes the answer. */
const EQUAL = ['date', 'money', 'percent', 'place'];

/** Slots in which a difference counts only between questions that share this part of their content words. */
const WEAK = new Set(['negation', 'tense', ...WEAK_GROUPS]);
const MUCH_ALIKE = 0.5;

const NONE: ReadonlySet<string> = new Set();

/**
 * A slot that tells two questions apart, `undefined` when none does. It only ever rejects: no conflict does not make two questions
 * the same. Which of the two comes first makes no difference but to which is `a`.
 */
export function slotConflict(a: string, b: string): SlotConflict | undefined {
  const one = slotsOf(a);
  const other = slotsOf(b);
  const words = new Set(wordsOf(a));
  const others = new Set(wordsOf(b));
  return (
    valueConflict(one, other) ??
    nameConflict(one, other, words, others) ??
    groupConflict(one, other, overlap(words, others) >= MUCH_ALIKE) ??
    agentConflict(one, other, words, others)
  );
}

function valueConflict(one: Slots, other: Slots): SlotConflict | undefined {
  for (const slot of EQUAL) {
    const values = one.get(slot) ?? NONE;
    const others = other.get(slot) ?? NONE;
    if (values.symmetricDifference(others).size > 0) return conflict(slot, values, others);
  }
  return undefined;
}

/** Each side has a value that the other lacks. */
function exclusive(slot: string, one: Slots, other: Slots): SlotConflict | undefined {
  const values = one.get(slot);
  const others = other.get(slot);
  if (values === undefined || others === undefined) return undefined;
  return values.isSubsetOf(others) || others.isSubsetOf(values) ? undefined : conflict(slot, values, others);
}

function groupConflict(one: Slots, other: Slots, alike: boolean): SlotConflict | undefined {
  for (const slot of new Set([...one.keys(), ...other.keys()].sort())) {
    if (slot === 'name' || slot === 'agent' || EQUAL.includes(slot) || (WEAK.has(slot) && !alike)) continue;
    const found = slot === 'negation' ? negationConflict(one, other) : exclusive(slot, one, other);
    if (found !== undefined) return found;
  }
  return undefined;
}

function negationConflict(one: Slots, other: Slots): SlotConflict | undefined {
  const negated = one.has('negation');
  if (negated === other.has('negation')) return undefined;
  return { slot: 'negation', a: negated ? 'negated' : 'plain', b: negated ? 'plain' : 'negated' };
}

/** A name that the other question does not have, in capitals or not, and not by a slip. */
function nameConflict(
  one: Slots,
  other: Slots,
  words: ReadonlySet<string>,
  others: ReadonlySet<string>,
): SlotConflict | undefined {
  const names = one.get('name') ?? NONE;
  const otherNames = other.get('name') ?? NONE;
  const missing = [...names].filter((name) => !mentions(others, name));
  const otherMissing = [...otherNames].filter((name) => !mentions(words, name));
  if (missing.length === 0 && otherMissing.length === 0) return undefined;
  if (missing.length === 0 || otherMissing.length === 0) return undefined;
  return conflict('name', names, otherNames);
}

function mentions(words: ReadonlySet<string>, name: string): boolean {
  if (words.has(name) || words.has(`${name}s`) || words.has(`${name}'s`)) return true;
  return [...words].some((word) => !isKnown(word) && name.length > 4 && editDistance(word, name, 1) <= 1);
}

/** Who does and who is done to, changed about: each is the other's subject and is named in it. */
function agentConflict(
  one: Slots,
  other: Slots,
  words: ReadonlySet<string>,
  others: ReadonlySet<string>,
): SlotConflict | undefined {
  const [agent = ''] = one.get('agent') ?? NONE;
  const [otherAgent = ''] = other.get('agent') ?? NONE;
  if (agent === '' || otherAgent === '' || agent === otherAgent || words.has('by') !== others.has('by'))
    return undefined;
  if (!concerns(others, agent) || !concerns(words, otherAgent) || overlap(words, others) < 0.8) return undefined;
  return { slot: 'agent', a: agent, b: otherAgent };
}

function concerns(words: ReadonlySet<string>, agent: string): boolean {
  return agent === 'self' ? ['me', 'us', 'my', 'our', 'i', 'we'].some((word) => words.has(word)) : words.has(agent);
}

function conflict(slot: string, a: ReadonlySet<string>, b: ReadonlySet<string>): SlotConflict {
  return { slot, a: [...a].sort().join(', '), b: [...b].sort().join(', ') };
}

function wordsOf(text: string): readonly string[] {
  return normalForm(text).toLowerCase().split(' ');
}

/** Shared part of the content words of both, 0–1. */
function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const contents = new Set([...one].filter(isContent));
  const others = new Set([...other].filter(isContent));
  const all = contents.union(others).size;
  return all === 0 ? 1 : contents.intersection(others).size / all;
}

function isContent(word: string): boolean {
  return ![AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS, QUESTION_WORDS, SUBORDINATORS].some((closed) =>
    closed.has(word),
  );
}
