import { askingOrder } from '../../local/region/check/questions.ts';
import { seededRandom } from '../../local/region/check/random.ts';
import type { Context, Report, Values } from '../lib/bench.ts';
import { closedLoad } from '../lib/closed-load.ts';
import { canPin } from '../lib/cores.ts';
import { cpuRounds, type Subject } from '../lib/cpu-rounds.ts';
import { postRequest } from '../lib/http/request.ts';
import { checkSame, checkSource, inOrder, learnAnswers } from '../lib/known-answers.ts';
import { answersChat, chatBody, distinctQuestions } from '../lib/questions.ts';
import { startSite, type Site } from '../lib/site.ts';
import { ratios, spreadOf } from '../lib/statistics.ts';
import { figure, tableOf } from '../lib/table.ts';
import { LITELLM_SERVERS, LITELLM_VERSION, startLiteLlm, type LiteLlm, type LiteLlmServer } from './litellm.ts';
import { comparePairs, tableOfPairs } from './pairs.ts';
import type { SETTINGS } from './settings.ts';

/** A cached hit costs LiteLLM at least so many times the CPU. */
const LIMIT = 150;
const STRETCH = 400;
/** A hit costs the engine so little that it takes more of them to measure it. */
const ENGINE_FACTOR = 30;

/** Cached hits of the engine and of LiteLLM's proxy in one run; then labelled pairs, asked of the engine, GPTCache and thresholds. */
export async function run(values: Values<typeof SETTINGS>, context: Context): Promise<Report> {
  const hits = await compareHits(values, context);
  const pairs = await comparePairs(context);
  return {
    table: `${hits.table}\n\n${tableOfPairs(pairs)}`,
    json: {
      bench: 'peers',
      ...hits.json,
      pairs: pairs.map(({ name, scores, cpuMicros }) => ({
        name,
        trueHit: scores.trueHit,
        falseHit: scores.falseHit,
        wrongOfHits: scores.wrongOfHits,
        wrongOfAll: scores.wrongOfAll,
        n: scores.n,
        lookupCpuMicros: Number.isNaN(cpuMicros) ? null : cpuMicros,
      })),
      pinned: await canPin(),
      settings: values,
    },
  };
}

async function compareHits(values: Values<typeof SETTINGS>, context: Context): Promise<Report> {
  await using stack = new AsyncDisposableStack();
  const site = await startSite({ providerDelay: 0, maxMemory: 256 }, context, stack);
  const questions = distinctQuestions(values.questions);
  const order = askingOrder(values.questions, Math.max(values.requests, values.questions), seededRandom(values.seed));
  const engine = await startHotEngine(site, questions, order, values.connections, context.signal);
  const servers = Object.keys(LITELLM_SERVERS) as LiteLlmServer[];
  const proxies: Record<string, LiteLlm> = {};
  for (const server of servers)
    proxies[server] = await startLiteLlm({ server, questions, order, folder: site.folder, stack }, context);
  const others = servers.map((server) => [server, (proxies[server] as LiteLlm).subject] as const);
  const subjects: Record<string, Subject> = { engine, ...Object.fromEntries(others) };
  const cpu = await cpuRounds(subjects, { ...values, ...context });

  const ours = cpu['engine'] ?? [];
  const rows = servers.map((server) => {
    const theirs = cpu[server] ?? [];
    return {
      server,
      connections: (proxies[server] as LiteLlm).connections,
      cpuMicros: spreadOf(theirs),
      times: spreadOf(ratios(theirs, ours)),
    };
  });
  const fastest = rows.reduce((best, row) => (row.times.median < best.times.median ? row : best));
  const own = spreadOf(ours);
  return {
    table: [
      `CPU of a cached hit, µs a request; LiteLLM ${LITELLM_VERSION}: one worker, mock model, cache in memory, no key`,
      tableOf(
        ['', 'connections', 'µs', 'times ours', 'least–most', 'limit'],
        [
          ['engine, hot', String(values.connections), figure(own.median), '', '', ''],
          ...rows.map(({ server, connections, cpuMicros, times }) => [
            ...[`LiteLLM, ${server}`, String(connections), figure(cpuMicros.median), figure(times.median)],
            ...[`${figure(times.least)}–${figure(times.most)}`, `${LIMIT} ${times.median >= LIMIT ? '✓' : '✗'}`],
          ]),
        ],
      ),
    ].join('\n\n'),
    json: {
      timesFewerThanLiteLLM: fastest.times.median,
      withinLimit: fastest.times.median >= LIMIT,
      ...{ limit: LIMIT, stretch: STRETCH, fastestServer: fastest.server },
      ...{ engineCpuMicros: own, liteLLM: rows, liteLLMVersion: LITELLM_VERSION },
    },
  };
}

async function startHotEngine(
  site: Site,
  questions: readonly string[],
  order: readonly number[],
  connections: number,
  signal: AbortSignal,
): Promise<Subject> {
  const { name, pid, target, addKey } = await site.startEngine({ name: 'the engine' });
  const headers = { authorization: `Bearer ${await addKey()}` };
  const requests = questions.map((question) =>
    postRequest('127.0.0.1', '/v1/chat/completions', chatBody(question), headers),
  );
  const answers = (index: number, body: Buffer) => answersChat(body, questions[index] as string);
  const known = await learnAnswers({ target, requests, answers, signal });
  const load = inOrder(known, order, (response, before) => {
    checkSame(response, before);
    checkSource(response, 'hot');
  });
  const send = (count: number) => closedLoad({ ...load, target, connections, count, signal });
  return { name, pid, times: ENGINE_FACTOR, load: send };
}
