import { AUXILIARIES, PREPOSITIONS, PRONOUNS, QUESTION_WORDS, SUBORDINATORS } from './grammar.ts';
import type { Token } from './token.ts';

/** More words than this name no mere topic. */
const LONGEST_TOPIC = 10;

/** Words that stand for the topic, of one or of several. */
const ONE: ReadonlySet<string> = new Set(['it', 'this', 'that']);
const SEVERAL: ReadonlySet<string> = new Set(['they', 'them', 'these', 'those']);

/** What "that" or "this" stands before where it is no determiner. */
const PREDICATE = /^(?:enough|ok|fine|too|reasonable|normal|usual|rude|safe|legal|allowed|possible|sufficient|right)$/;

/**
 * "Peonies: can I still get them in July?" as "can I still get peonies in July?". Only where the question has one word that can stand
 * for the topic, and the topic is no clause or circumstance.
 */
export function withTopicInPlace(tokens: readonly Token[]): readonly Token[] {
  const mark = tokens.findIndex(({ kind }) => kind === 'mark');
  if (mark < 1 || mark > LONGEST_TOPIC) return tokens;
  const topic = introduced(tokens.slice(0, mark));
  const asked = tokens.slice(mark + 1);
  if (!isTopic(topic) || !isQuestion(asked)) return tokens;
  const places = asked.flatMap((each, at) => (standsFor(asked, at) ? [{ at, several: SEVERAL.has(each.text) }] : []));
  const fitting = places.length > 1 && isPlural(topic) ? places.filter(({ several }) => several) : places;
  const [only] = fitting;
  if (only === undefined || fitting.length > 1) return tokens;
  return [...asked.slice(0, only.at), ...topic, ...asked.slice(only.at + 1)];
}

/** What "we have" or "there is" brings up. */
function introduced(topic: readonly Token[]): readonly Token[] {
  const [first = '', second = ''] = topic.map(({ text }) => text);
  const had = /^(?:i|we)$/.test(first) && second === 'have' && topic[2]?.text !== 'to';
  const there = first === 'there' && /^(?:is|are)$/.test(second);
  return had || there ? topic.slice(2) : topic;
}

function isTopic(topic: readonly Token[]): boolean {
  const first = topic[0]?.text ?? '';
  if (PREPOSITIONS.has(first) || SUBORDINATORS.has(first)) return false;
  return !topic.some(({ text }) => AUXILIARIES.has(text) || QUESTION_WORDS.has(text) || PRONOUNS.has(text));
}

/** Not with a "him" or "her" in it, which may be the topic while "they" are others. */
function isQuestion(asked: readonly Token[]): boolean {
  const first = asked[0]?.text ?? '';
  if (asked.some(({ text }) => /^(?:he|him|his|she|her|hers)$/.test(text))) return false;
  return (QUESTION_WORDS.has(first) || AUXILIARIES.has(first)) && !asked.some(({ kind }) => kind === 'mark');
}

/** Not where the word says nothing ("is it rude to", "how long does it take") or belongs to a noun ("that band"). */
function standsFor(asked: readonly Token[], at: number): boolean {
  const text = asked[at]?.text ?? '';
  const next = asked[at + 1]?.text;
  if (SEVERAL.has(text)) return text === 'them' || text === 'they' || next === undefined;
  if (!ONE.has(text)) return false;
  if (text !== 'it') return next === undefined || PREDICATE.test(next);
  if (next === 'take' || next === 'cost') return false;
  return !asked.slice(at + 1, at + 5).some((each) => each.text === 'to' || each.text === 'if' || each.text === 'that');
}

function isPlural(topic: readonly Token[]): boolean {
  return /[^s]s$/.test(topic.at(-1)?.text ?? '');
}
