import { AUXILIARIES, PREPOSITIONS, QUESTION_WORDS, SUBORDINATORS } from './grammar.ts';
import { token, type Token } from './token.ts';

/** "The day after the wedding" says when, as "on the day" does. */
const SPANS: ReadonlySet<string> = new Set('day night morning evening afternoon week weekend month year'.split(' '));
const BESIDE_SPANS: ReadonlySet<string> = new Set('after before of'.split(' '));

/** After these "to" goes on with the same verb; after others a clause begins that the moved part could belong to. */
const CONTROL: ReadonlySet<string> = new Set(
  `need needs needed have has had want wants ought going able allowed permitted supposed meant like used way ok right how time`.split(
    ' ',
  ),
);

/** Prepositions of time and place, before which another part of that sort may stand as well as after. */
const CIRCUMSTANCE: ReadonlySet<string> = new Set('at in on during after before between for near by until'.split(' '));

/**
 * The orders of a question that say the same, without marks: as it is; with what it begins with ("for a June wedding, …") or what
 * stands between commas ("…, if it rains, …") at its end; and for the former, before the circumstances that stand there.
 */
export function orders(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const found: (readonly Token[])[] = [tokens.filter(isSpoken)];
  let left: readonly Token[] = tokens;
  for (let moves = 0; moves < 2; moves++) {
    const [core, moved] = fronted(left) ?? inserted(left) ?? stated(left) ?? [];
    if (core === undefined || moved === undefined) break;
    found.push(...placings(core, moved));
    left = [...core, ...moved];
  }
  return found;
}

type Split = readonly [core: readonly Token[], moved: readonly Token[]];

/** An adverbial that opens the question, apart from the question. */
function fronted(tokens: readonly Token[]): Split | undefined {
  const end = frontedUntil(tokens);
  if (end === undefined) return undefined;
  const front = tokens.slice(0, end).filter(isSpoken);
  const rest = tokens.slice(end);
  const core = trimmed(rest.slice(Math.max(0, rest.findIndex(isSpoken))));
  return isQuestion(core) && isFree(front, core) ? [core, front] : undefined;
}

/** An adverbial between commas, apart from the rest. */
function inserted(tokens: readonly Token[]): Split | undefined {
  const marks = tokens.flatMap(({ kind, text }, at) => (kind === 'mark' && text !== '?' && text !== '.' ? [at] : []));
  const [first, second] = marks;
  if (marks.length !== 2 || first === undefined || second === undefined) return undefined;
  const moved = tokens.slice(first + 1, second);
  const core = trimmed([...tokens.slice(0, first), ...tokens.slice(second + 1)]);
  return opensAdverbial(moved) && isQuestion(core) ? [core, moved] : undefined;
}

/** What is stated before the question, as the condition that it is: "ceremony at 3pm: when do we eat" as "when do we eat if …". */
function stated(tokens: readonly Token[]): Split | undefined {
  const mark = tokens.findLastIndex(({ kind }) => kind === 'mark');
  const front = tokens.slice(0, Math.max(0, mark));
  const core = tokens.slice(mark + 1);
  if (front.length < 3 || opensAdverbial(front) || isQuestion(front) || !isQuestion(core)) return undefined;
  return isFree([IF], core) ? [core, [IF, ...front.filter(isSpoken)]] : undefined;
}

const IF = token('word', 'if');

function frontedUntil(tokens: readonly Token[]): number | undefined {
  if (!opensAdverbial(tokens)) return undefined;
  // The last one before the question: "for my gran, who is 90, which seat is best".
  const mark = tokens.findLastIndex(
    ({ kind, text }) => kind === 'mark' && (text === ',' || text === '-' || text === ':'),
  );
  if (mark >= 2 && isQuestion(tokens.slice(mark + 1))) return mark;
  if (SUBORDINATORS.has(tokens[0]?.text ?? '')) return undefined;
  const asking = tokens.findIndex(({ text }, at) => at >= 3 && /^(?:what|how|who|why|which)$/.test(text));
  return mark < 0 && asking > 0 && !PREPOSITIONS.has(tokens[asking - 1]?.text ?? '') ? asking : undefined;
}

function opensAdverbial(tokens: readonly Token[]): boolean {
  const [first, second, third] = tokens.map(({ text }) => text);
  if (first === undefined || QUESTION_WORDS.has(second ?? '')) return false;
  if (PREPOSITIONS.has(first)) return true;
  if (SUBORDINATORS.has(first)) return !AUXILIARIES.has(second ?? '') || first === 'given';
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
    if (kind === 'mark') return true;
    if (at === 0) return false;
    if (text === 'that' || text === 'whether' || text === 'if') return true;
    if (clause) return text === 'when';
    if (at > 1 && QUESTION_WORDS.has(text)) return true;
    return text === 'to' && isVerbish(core[at + 1]) && !CONTROL.has(core[at - 1]?.text ?? '');
  });
}

function isVerbish(candidate: Token | undefined): boolean {
  return (
    candidate?.kind === 'word' && !/^(?:the|a|an|my|our|your|his|her|their|this|each|every|all)$/.test(candidate.text)
  );
}

/** At the end, or before one of the circumstances at the end. */
function placings(core: readonly Token[], moved: readonly Token[]): readonly (readonly Token[])[] {
  const words = core.filter(isSpoken);
  const places = words.flatMap(({ text }, at) => (at >= 3 && CIRCUMSTANCE.has(text) ? [at] : []));
  const circumstance = CIRCUMSTANCE.has(moved[0]?.text ?? '');
  return [
    [...words, ...moved],
    ...(circumstance ? places.map((at) => [...words.slice(0, at), ...moved, ...words.slice(at)]) : []),
  ];
}

function trimmed(tokens: readonly Token[]): readonly Token[] {
  return tokens.slice(0, tokens.findLastIndex(isSpoken) + 1);
}

function isSpoken({ kind }: Token): boolean {
  return kind !== 'mark';
}
