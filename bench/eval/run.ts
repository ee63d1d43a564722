import { seededRandom } from '../../local/region/check/random.ts';
import { MemoryRegion } from '../lib/memory-region.ts';
import { OracleJudge } from '../../services/cache-engine/src/adapters/memory/oracle-judge.ts';
import type { Completion } from '../../services/cache-engine/src/engine/completion.ts';
import { NO_WISHES, type Controls } from '../../services/cache-engine/src/engine/controls.ts';
import { textOf } from '../../services/cache-engine/src/engine/completion.ts';
import { NotCached } from '../../services/cache-engine/src/engine/not-cached.ts';
import type { Question } from '../../services/cache-engine/src/engine/question.ts';
import { partitionOf } from '../../services/cache-engine/src/engine/answer-key.ts';
import { requestOf } from '../../services/cache-engine/src/engine/requesting.ts';
import type { QuestionPair } from './pairs.ts';
import { setImmediate as turn } from 'node:timers/promises';
import { estimate, type Estimate } from '../../services/cache-engine/src/engine/semantic/estimate.ts';
import { isTrueHit, score, type Outcome, type Scores } from './score.ts';

/** The tenant that asks: one vendor. */
const VENDOR = 'the-vendor';
const MODEL = 'a-model';

/** How to run. */
export interface EvalOptions {
  /** Share of wrong verdicts of an oracle that knows the labels; `undefined` for no judge. */
  readonly judgeError?: number | undefined;
  readonly seed: number;
  /** Told after each so many questions. */
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

/** What a judge was asked, and what came of it. */
export interface JudgeResult {
  readonly calls: number;
  readonly callsPerSavedOriginCall: number;
  readonly secondAsking: Scores;
  /** The share of wrong hits that judging each of them again shows, by the same judge with the same errors. */
  readonly measuredFalseHits: Estimate;
  /** The share that really was wrong. */
  readonly trueFalseHits: Estimate;
}

/** What a run came to. */
export interface EvalResult {
  readonly scores: Scores;
  readonly outcomes: readonly Outcome[];
  /** With a judge: what it was asked and what came of it. */
  readonly judge?: JudgeResult | undefined;
}

/**
 * Stores every first question in one tenant, each with an answer of its own, then asks every second one. The engine is the real one
 * with its adapters in memory; it sees texts only.
 */
export async function evaluate(pairs: readonly QuestionPair[], options: EvalOptions): Promise<EvalResult> {
  const { judgeError, seed, onProgress } = options;
  const draws = seededRandom(seed);
  const random = () => draws.fraction();
  const truth = new Map(pairs.filter(({ same }) => same).map(({ a, b }) => [b, a]));
  const judge =
    judgeError === undefined
      ? undefined
      : new OracleJudge({ same: ({ stored, asked }) => truth.get(asked) === stored, errorRate: judgeError, random });
  const answers = new Map(pairs.map(({ id, a }) => [a, id]));
  const region = await MemoryRegion.open({
    judge,
    origin: async (question) => answerOf(answers.get(askedIn(question)) ?? ''),
  });
  try {
    const total = pairs.length * 2;
    let done = 0;
    const step = () => onProgress?.(++done, total);
    for (const { a } of pairs) {
      await region.ask(requestFor(a, { ...NO_WISHES, noSemantic: true }));
      step();
    }
    const outcomes: Outcome[] = [];
    for (const pair of pairs) {
      outcomes.push(await ask(region, pair));
      step();
    }
    const scores = score(outcomes);
    if (judge === undefined) return { scores, outcomes };
    const saved = outcomes.filter(({ answeredBy }) => answeredBy !== undefined).length;
    const { calls } = judge;
    // From now on every hit by alias is judged again, as a sample of the live hits is.
    await region.engine.services.settings.change({ sampleRate: 1 });
    const again: Outcome[] = [];
    for (const pair of pairs) {
      again.push(await ask(region, pair));
      await turn();
    }
    const secondAsking = score(again);
    const aliased = again.filter(({ answeredBy, pair }) => answeredBy !== undefined && pair.a !== pair.b);
    return {
      scores,
      outcomes,
      judge: {
        calls,
        callsPerSavedOriginCall: saved === 0 ? Infinity : calls / saved,
        secondAsking,
        measuredFalseHits: region.engine.sampler.falseHits,
        trueFalseHits: estimate(aliased.filter((outcome) => !isTrueHit(outcome)).length, aliased.length),
      },
    };
  } finally {
    await region.close();
  }
}

async function ask(region: MemoryRegion, pair: QuestionPair): Promise<Outcome> {
  const request = requestFor(pair.b, { ...NO_WISHES, onlyIfCached: true });
  const own = requestFor(pair.a, NO_WISHES).place.key;
  const candidates = await region.candidates(request);
  const found = candidates.indexOf(own);
  // What meets the very form of its pair needs no candidate.
  const rank = own === request.place.key ? 0 : found < 0 ? undefined : found;
  try {
    const { entry } = await region.ask(request);
    return { pair, answeredBy: textOf(entry.completion), rank };
  } catch (error) {
    if (error instanceof NotCached) return { pair, answeredBy: undefined, rank };
    throw error;
  }
}

function requestFor(text: string, controls: Controls) {
  const question: Question = {
    context: { vendorId: VENDOR, vendorType: 'planner' },
    model: MODEL,
    messages: [{ role: 'user', text }],
    parameters: {},
  };
  const { request } = requestOf(question, partitionOf(VENDOR), controls);
  // One tenant: nothing is looked for among what vendors share.
  return { ...request, shared: undefined };
}

function askedIn({ messages }: Question): string {
  return String(messages.at(-1)?.text ?? '');
}

function answerOf(id: string): Completion {
  return {
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: 0,
    model: MODEL,
    choices: [{ index: 0, message: { role: 'assistant', content: id, refusal: null }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  };
}
