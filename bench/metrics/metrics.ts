import { PATHS } from '@wedsync/cache-engine/contract';
import { askingOrder } from '../../local/region/check/questions.ts';
import { seededRandom } from '../../local/region/check/random.ts';
import { Metrics } from '../../services/cache-engine/src/http/metrics.ts';
import type { Context, Report, Values } from '../lib/bench.ts';
import { closedLoad } from '../lib/closed-load.ts';
import { cpuRounds } from '../lib/cpu-rounds.ts';
import { postRequest } from '../lib/http/request.ts';
import { checkSame, checkSource, inOrder, learnAnswers } from '../lib/known-answers.ts';
import { answersChat, chatBody, distinctQuestions } from '../lib/questions.ts';
import { startSite } from '../lib/site.ts';
import { spreadOf } from '../lib/statistics.ts';
import { figure, percent, tableOf } from '../lib/table.ts';
import type { SETTINGS } from './settings.ts';

/** Metrics may cost this share of a hot hit's CPU. */
const LIMIT = 0.03;
/** A scrape costs as much as dozens of hits, so a round has fewer. */
const SCRAPES_TO_HITS = 1 / 100;
const COUNTED = 2_000_000;

/**
 * What metrics cost an engine that answers hot hits: counting each of them, and being scraped. A scrape is measured by CPU time of the engine's
 * process; counting, which is too little for that, in this process, by the same code.
 */
export async function run(values: Values<typeof SETTINGS>, context: Context): Promise<Report> {
  await using stack = new AsyncDisposableStack();
  const { signal, progress } = context;
  const site = await startSite({ providerDelay: 0, maxMemory: 256 }, context, stack);
  const { pid, target, ...engine } = await site.startEngine({ name: 'the engine' });
  const key = await engine.addKey();
  const questions = distinctQuestions(values.questions);
  const order = askingOrder(values.questions, Math.max(values.requests, values.questions), seededRandom(values.seed));
  const authority = `${target.host}:${target.port}`;
  const authorization = `Bearer ${key}`;
  progress(`asking ${questions.length} questions`);
  const known = await learnAnswers({
    target,
    requests: questions.map((question) =>
      postRequest(authority, '/v1/chat/completions', chatBody(question), { authorization }),
    ),
    answers: (index, body) => answersChat(body, questions[index] as string),
    signal,
  });
  const hit = inOrder(known, order, (response, before) => {
    checkSame(response, before);
    checkSource(response, 'hot');
  });
  const cpu = await cpuRounds(
    {
      hit: {
        ...{ name: 'hits', pid },
        load: (count) => closedLoad({ ...hit, target, connections: values.connections, count, signal }),
      },
      scrape: {
        ...{ name: 'scrapes', pid, times: SCRAPES_TO_HITS },
        load: (count) => scrapes(`http://${authority}${PATHS.metrics}`, count, signal),
      },
    },
    { ...values, ...context },
  );
  const hits = spreadOf(cpu.hit);
  const scraping = spreadOf(cpu.scrape);
  const counting = countingMicros();
  const series = await seriesAt(`http://${authority}${PATHS.metrics}`);
  const between = values.rate * values.interval;
  const share = (counting + scraping.median / between) / hits.median;
  // A scrape costs the same however little happened before it.
  const leastRate = Math.ceil(scraping.median / ((LIMIT * hits.median - counting) * values.interval));
  const ofACore = scraping.median / 1e6 / values.interval;
  return {
    table: [
      `What metrics cost an engine of ${values.rate} hot hits a second that is scraped every ${values.interval} s`,
      '',
      tableOf(
        ['', 'CPU, µs', 'a hit, µs', 'share of a hit'],
        [
          ['a hot hit', figure(hits.median), figure(hits.median), '100 %'],
          ['counting it', figure(counting), figure(counting), percent(counting / hits.median)],
          [
            `a scrape of ${series} series`,
            figure(scraping.median),
            figure(scraping.median / between),
            percent(scraping.median / between / hits.median),
          ],
          ['both', '', figure(share * hits.median), `${percent(share)} ${share <= LIMIT ? '✓' : '✗'}`],
        ],
      ),
      '',
      `Within ${percent(LIMIT)} from ${leastRate} hits a second on; below, scrapes take ${figure(ofACore * 100)} % of a core, whatever happens.`,
    ].join('\n'),
    json: {
      ...{
        bench: 'metrics',
        share,
        limit: LIMIT,
        withinLimit: share <= LIMIT,
        leastRate,
        scrapesOfACore: ofACore,
        series,
      },
      ...{ hitMicros: hits, scrapeMicros: scraping, countingMicros: counting, settings: values },
    },
  };
}

async function scrapes(url: string, count: number, signal: AbortSignal): Promise<void> {
  for (let done = 0; done < count; done++) {
    const response = await fetch(url, { signal });
    const text = await response.text();
    if (!response.ok || !text.includes('wedsync_cache_answers_total'))
      throw new Error(`A scrape gave ${response.status}.`);
  }
}

async function seriesAt(url: string): Promise<number> {
  const text = await (await fetch(url)).text();
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
}

/** Microseconds of CPU for counting one hot hit, the best of some rounds: what others do on this machine is not its cost. */
function countingMicros(): number {
  const metrics = new Metrics({
    ...{ hotBytes: () => 0, hotSize: () => 0, warmUp: () => true },
    falseHits: () => ({ share: 0, low: 0, high: 0, count: 0 }),
    routes: { states: [], shedByPriority: { 'wedding-day': 0, interactive: 0, batch: 0 }, retries: 0 } as never,
  });
  const round = () => {
    const before = process.cpuUsage();
    for (let count = 0; count < COUNTED; count++)
      metrics.answered({ source: 'hot', match: 'exact', stale: undefined } as never, 'chat', (count % 1000) * 1e-6);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / COUNTED;
  };
  return Math.min(...Array.from({ length: 5 }, round));
}
