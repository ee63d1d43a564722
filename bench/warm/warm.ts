import { ENVIRONMENT } from '@wedsync/cache-engine/contract';
import { seededRandom } from '../../local/region/check/random.ts';
import type { Context, Report, Values } from '../lib/bench.ts';
import { closedLoad, WrongResponse } from '../lib/closed-load.ts';
import { compare, tableOfHits, type Comparison } from '../lib/comparison.ts';
import { canPin } from '../lib/cores.ts';
import { cpuRounds, type Subject } from '../lib/cpu-rounds.ts';
import type { Engine } from '../lib/engine.ts';
import { postRequest } from '../lib/http/request.ts';
import { checkSame, inOrder, learnAnswers, sourceOf } from '../lib/known-answers.ts';
import { answersChat, chatBody, distinctQuestions } from '../lib/questions.ts';
import { startSite, type Site } from '../lib/site.ts';
import { percent } from '../lib/table.ts';
import type { SETTINGS } from './settings.ts';
import { warmAlone } from './warm-alone.ts';

/** A warm hit may cost so many times the CPU of a hot one. */
const LIMIT = 1.35;
/** Share of the hits that must be warm for the rest to be worked out. */
const LEAST_WARM = 0.8;
const MEBIBYTE = 1024 ** 2;

/** Hits of an engine by where they came from. */
type Counts = Record<string, number>;

/**
 * CPU time of a warm hit beside that of a hot one: the same questions in the same order, asked of an engine whose hot tier holds
 * few of them and of one whose hot tier holds them all. Both read one Redis Cluster. The time is that of the engine's process. With TLS, as
 * every deployed engine speaks, and in plain HTTP, where a hot hit costs less and a read of Redis as much.
 */
export async function run(values: Values<typeof SETTINGS>, context: Context): Promise<Report> {
  await using stack = new AsyncDisposableStack();
  const site = await startSite({ providerDelay: 0, maxMemory: 256 }, context, stack);
  const tls = await compared('chat completions, TLS', true, site, values, context);
  const plain = await compared('chat completions', false, site, values, context);
  const headings = { measured: 'warm', base: 'hot' };
  const comparisons = [tls.comparison, plain.comparison];
  return {
    table: [
      tableOfHits('CPU of a warm hit and of a hot one, µs a request', comparisons, headings),
      `${percent(tls.warmShare)} and ${percent(plain.warmShare)} of the hits were warm; what the others cost is taken off.`,
      'Deployed engines speak TLS only: the first row is the one that is held to the limit.',
    ].join('\n\n'),
    json: {
      bench: 'warm',
      ratioToHot: tls.comparison.ratio.median,
      ratioToHotPlain: plain.comparison.ratio.median,
      withinLimit: tls.comparison.withinLimit,
      limit: LIMIT,
      warmShare: tls.warmShare,
      tls: tls.comparison,
      plain: plain.comparison,
      pinned: await canPin(),
      settings: values,
    },
  };
}

/** Warm and hot hits over one kind of connection. */
async function compared(
  name: string,
  tls: boolean,
  site: Site,
  values: Values<typeof SETTINGS>,
  context: Context,
): Promise<{ readonly comparison: Comparison; readonly warmShare: number }> {
  const { signal, progress } = context;
  const environment = { [ENVIRONMENT.hotBytes]: String(MEBIBYTE) };
  const small = await site.startEngine({ name: `${name}, a small hot tier`, environment, tls });
  const large = await site.startEngine({ name, tls });
  const key = await large.addKey();
  const questions = distinctQuestions(values.questions);
  const requests = questions.map((question) =>
    postRequest('127.0.0.1', '/v1/chat/completions', chatBody(question), { authorization: `Bearer ${key}` }),
  );
  const answers = (index: number, body: Buffer) => answersChat(body, questions[index] as string);
  progress(`${name}: asking ${questions.length} questions of both`);
  const known = await learnAnswers({ target: large.target, requests, answers, signal });
  await learnAnswers({ target: small.target, requests, answers, signal });

  // In turn, so that each question is asked again as late as can be.
  const order = seededRandom(values.seed).shuffle([...questions.keys()]);
  const counts: Counts = {};
  const subject = ({ name, pid, target }: Engine, wanted: readonly string[], seen: Counts): Subject => ({
    ...{ name, pid },
    load: (count) => {
      const load = inOrder(known, order, (response, before) => {
        checkSame(response, before);
        const source = sourceOf(response);
        if (!wanted.includes(source)) throw new WrongResponse(`An answer is no ${wanted.join(' or ')} hit`, response);
        seen[source] = (seen[source] ?? 0) + 1;
      });
      return closedLoad({ ...load, target, connections: values.connections, count, signal });
    },
  });
  const subjects = { warm: subject(small, ['warm', 'hot'], counts), hot: subject(large, ['hot'], {}) };
  const cpu = await cpuRounds(subjects, { ...values, ...context });
  await Promise.all([small.stop(), large.stop()]);
  const warmShare = (counts['warm'] ?? 0) / ((counts['warm'] ?? 0) + (counts['hot'] ?? 0));
  if (warmShare < LEAST_WARM)
    throw new Error(
      `Only ${percent(warmShare)} of the hits were warm; at least ${percent(LEAST_WARM)} must be. Ask more questions with --questions.`,
    );
  const warm = cpu.warm.map((mixed, round) => warmAlone(mixed, cpu.hot[round] as number, warmShare));
  return { comparison: compare(name, warm, cpu.hot, LIMIT), warmShare };
}
