import { AUXILIARIES, PREPOSITIONS, QUESTION_WORDS, SUBORDINATORS } from './grammar.ts';
import type { Token } from './token.ts';

/** "The day after the wedding" says when, as "on the day" does. */
const SPANS: ReadonlySet<string> = new Set('day night morning evening afternoon week weekend month year'.split(' '));
const BESIDE_SPANS: ReadonlySet<string> = new Set('after before of'.split(' '));

/** After these "to" goes on with the same verb; after others a clause begins that the moved part could belong to. */
const CONTROL: ReadonlySet<string> = new Set(
  'need needs needed have has had want wants ought going able allowed permitted supposed meant like used way ok how time'.split(
    ' ',
  ),
);

/**
 * The orders of a question that say the same: as it is, and with what it begins with ("for a June wedding, …", "if it rains, …") at its
 * end. Without marks.
 */
export function orders(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const found = [tokens.filter(isSpoken)];
  let left = tokens;
  for (let moves = 0; moves < 2; moves++) {
    const end = frontedUntil(left);
    if (end === undefined) break;
    const [front, rest] = [left.slice(0, end).filter(isSpoken), left.slice(end)];
    const start = rest.findIndex(isSpoken);
    const core = rest.slice(start);
    if (start < 0 || !isQuestion(core) || !isFree(front, core)) break;
    while (core.at(-1)?.kind === 'mark') core.pop();
    left = [...core, ...front];
    found.push(left.filter(isSpoken));
  }
  return found;
}

/** Where the adverbial that opens the question ends. */
function frontedUntil(tokens: readonly Token[]): number | undefined {
  if (!opensAdverbial(tokens)) return undefined;
  const mark = tokens.findIndex(({ kind, text }) => kind === 'mark' && (text === ',' || text === '-' || text === ':'));
  if (mark >= 2) return mark;
  if (SUBORDINATORS.has(tokens[0]?.text ?? '')) return undefined;
  const asking = tokens.findIndex(({ text }, at) => at >= 3 && /^(?:what|how|who|why|which)$/.test(text));
  return mark < 0 && asking > 0 && !PREPOSITIONS.has(tokens[asking - 1]?.text ?? '') ? asking : undefined;
}

function opensAdverbial(tokens: readonly Token[]): boolean {
  const [first, second, third] = tokens.map(({ text }) => text);
  if (first === undefined || QUESTION_WORDS.has(second ?? '')) return false;
  if (PREPOSITIONS.has(first)) return true;
  if (SUBORDINATORS.has(first)) return !AUXILIARIES.has(second ?? '');
  return first === 'the' && SPANS.has(second ?? '') && BESIDE_SPANS.has(third ?? '');
}

function isQuestion(tokens: readonly Token[]): boolean {
  const [first = '', second = ''] = tokens.map(({ text }) => text);
  return QUESTION_WORDS.has(first) || AUXILIARIES.has(first) || QUESTION_WORDS.has(second);
}

/** Whether the front could only ever belong to the whole question. */
function isFree(front: readonly Token[], core: readonly Token[]): boolean {
  const clause = SUBORDINATORS.has(front[0]?.text ?? '');
  return !core.some(({ kind, text }, at) => {
    if (kind === 'mark') return text !== '?' && text !== '.';
    if (at === 0) return false;
    if (text === 'that' || text === 'whether' || text === 'if') return true;
    if (clause) return text === 'when';
    if (at > 1 && QUESTION_WORDS.has(text)) return true;
    return text === 'to' && isVerbish(core[at + 1]) && !CONTROL.has(core[at - 1]?.text ?? '');
  });
}

function isVerbish(candidate: Token | undefined): boolean {
  return (
    candidate?.kind === 'word' &&
    !/^(?:the|a|an|my|our|your|his|her|their|this|that|each|every|all)$/.test(candidate.text)
  );
}

function isSpoken({ kind }: Token): boolean {
  return kind !== 'mark';
}
