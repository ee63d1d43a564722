import { fileURLToPath } from 'node:url';
import { HEADERS } from '@wedsync/cache-engine/contract';
import { seededRandom } from '../../local/region/check/random.ts';
import { normalForm } from '../../services/cache-engine/src/engine/language/index.ts';
import { readPairs } from '../eval/pairs.ts';
import type { Context, Report, Values } from '../lib/bench.ts';
import { closedLoad, WrongResponse } from '../lib/closed-load.ts';
import { compare, tableOfHits } from '../lib/comparison.ts';
import { canPin } from '../lib/cores.ts';
import { cpuRounds, type Subject } from '../lib/cpu-rounds.ts';
import type { Engine } from '../lib/engine.ts';
import { postRequest } from '../lib/http/request.ts';
import { headerOf } from '../lib/http/response-reader.ts';
import { checkSource, learnAnswers } from '../lib/known-answers.ts';
import { answersChat, chatBody } from '../lib/questions.ts';
import { startSite } from '../lib/site.ts';
import { startModel, type Model } from './model.ts';
import type { SETTINGS } from './settings.ts';
import { knownQuestions, newWordings, type Wording } from './wordings.ts';

/** A semantic hit may cost so many times the CPU of inference and search alone. */
const LIMIT = 1.15;
const PAIRS = fileURLToPath(new URL('../data/wedding-pairs.jsonl', import.meta.url));

/**
 * CPU time of a semantic hit, found by equal wording, beside that of the model's inference and the search of the index alone: the
 * same new wordings in the same order, in the same vectors. No wording is asked twice, so each has to be found.
 */
export async function run(values: Values<typeof SETTINGS>, context: Context): Promise<Report> {
  await using stack = new AsyncDisposableStack();
  const { progress } = context;
  progress('making wordings');
  const wordings = newWordings(seededRandom(values.seed));
  const stored = storedQuestions(values.questions);
  const site = await startSite({ providerDelay: 0, maxMemory: 256 }, context, stack);
  const engine = await site.startEngine({ name: 'the engine' });
  const key = await engine.addKey();
  progress(`asking ${stored.length} questions`);
  await store(engine, key, stored, context);
  const model = await startModel({
    ...{ stored: stored.map(normalForm), asked: wordings.map(({ text }) => normalForm(text)) },
    ...{ folder: site.folder, stack, ...context },
  });
  const subjects = {
    engine: ofEngine(engine, key, wordings, values.connections, context),
    model: ofModel(model, stored, wordings, values.connections),
  };
  const cpu = await cpuRounds(subjects, { ...values, ...context });
  const comparison = compare('new wordings', cpu.engine, cpu.model, LIMIT);
  return {
    table: tableOfHits('CPU of a semantic hit and of inference and search alone, µs a request', [comparison], {
      measured: 'semantic',
      base: 'model',
    }),
    json: {
      bench: 'semantic',
      ratioToModel: comparison.ratio.median,
      withinLimit: comparison.withinLimit,
      limit: LIMIT,
      semanticMicros: comparison.cpuMicros.median,
      modelMicros: comparison.baseCpuMicros.median,
      chat: comparison,
      pinned: await canPin(),
      settings: values,
    },
  };
}

/** The questions of which there are new wordings, among others of the same trade. */
function storedQuestions(count: number): readonly string[] {
  const others = new Set(readPairs(PAIRS).map(({ a }) => a));
  return [...knownQuestions(), ...others].slice(0, count);
}

async function store(engine: Engine, key: string, questions: readonly string[], { signal }: Context): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, 'cache-control': 'no-semantic' };
  await learnAnswers({
    target: engine.target,
    requests: questions.map((question) => chatRequest(question, headers)),
    answers: (index, body) => answersChat(body, questions[index] as string),
    signal,
  });
}

function ofEngine(
  { name, pid, target }: Engine,
  key: string,
  wordings: readonly Wording[],
  connections: number,
  { signal }: Context,
): Subject {
  const requests = wordings.map(({ text }) => chatRequest(text, { authorization: `Bearer ${key}` }));
  let next = 0;
  return {
    ...{ name, pid },
    load: async (count) => {
      const from = next;
      next += count;
      await closedLoad({
        ...{ target, connections, count, signal },
        request: (index) => requests[from + index] as Buffer,
        check: (index, response) => {
          checkSource(response, 'semantic');
          const { known } = wordings[from + index] as Wording;
          if (headerOf(response, HEADERS.match) !== 'alias' || !answersChat(response.body, known))
            throw new WrongResponse(`An answer is not the one to “${known}”`, response);
        },
      });
    },
  };
}

function ofModel({ pid, find }: Model, stored: readonly string[], wordings: readonly Wording[], connections: number) {
  const placeOf = new Map(stored.map((question, place) => [question, place]));
  let next = 0;
  return {
    ...{ name: 'the model', pid },
    load: async (count: number) => {
      const from = next;
      next += count;
      const found = await find(from, count, connections);
      const lost = found.findIndex((places, at) => {
        const { known } = wordings[from + at] as Wording;
        return !places.includes(placeOf.get(known) as number);
      });
      if (found.length !== count || lost >= 0)
        throw new Error(`The model does not find the question of “${wordings[from + Math.max(0, lost)]?.text}”.`);
    },
  } satisfies Subject;
}

function chatRequest(question: string, headers: Readonly<Record<string, string>>): Buffer {
  return postRequest('127.0.0.1', '/v1/chat/completions', chatBody(question), headers);
}
