import { ENVIRONMENT, METRICS, PATHS } from '@wedsync/cache-engine/contract';
import type { Context, Report, Values } from '../lib/bench.ts';
import { canPin } from '../lib/cores.ts';
import { atRest } from '../lib/cpu-rounds.ts';
import type { Engine } from '../lib/engine.ts';
import { learnAnswers, sourceOf } from '../lib/known-answers.ts';
import { residentMiB } from '../lib/process-usage.ts';
import { answersChat } from '../lib/questions.ts';
import { startSite } from '../lib/site.ts';
import { growthOf, type Sample } from './growth.ts';
import { quantileIn, readHistogram, since } from './histogram.ts';
import { Latencies } from './latencies.ts';
import { Mix } from './mix.ts';
import { openLoad } from './open-load.ts';
import type { SETTINGS } from './settings.ts';
import { tableOfSoak } from './table.ts';

/** Milliseconds at the server that 95 % of the cached answers must stay below. */
const LIMIT_MS = 5;
/** MiB an hour: memory that grows faster than this, beyond the doubt of the measurement, grows. */
const LIMIT_GROWTH = 16;
const WARM_UP_SECONDS = 10;
const SAMPLE_EVERY = 10_000;
/** Samples between lines of progress. */
const TOLD_EVERY = 6;
const QUANTILES = [0.5, 0.95, 0.99] as const;
const CACHED: ReadonlySet<string> = new Set(['hot', 'warm', 'cold', 'semantic']);
const MEBIBYTE = 1024 ** 2;

/** Sends the engine, on one core, a mixed load at a constant rate, and watches its times, errors and memory. */
export async function run(values: Values<typeof SETTINGS>, context: Context): Promise<Report> {
  await using stack = new AsyncDisposableStack();
  const { progress, signal } = context;
  const site = await startSite({ providerDelay: values['provider-ms'], maxMemory: 128 }, context, stack);
  const environment = { [ENVIRONMENT.hotBytes]: String(values['hot-mib'] * MEBIBYTE) };
  const engine = await site.startEngine({ name: 'the engine', environment });
  const { target, pid } = engine;
  const mix = new Mix({ ...values, apiKey: await engine.addKey() });
  const { first } = mix;
  progress(`asking ${first.length} questions`);
  const answers = (index: number, body: Buffer) => answersChat(body, first[index]?.question ?? '');
  await learnAnswers({ target, requests: first.map(({ request }) => request), answers, signal });
  await atRest(pid, signal);

  let index = 0;
  const errors = new Map<string, number>();
  const sources = new Map<string, number>();
  const [all, cached] = [new Latencies(), new Latencies()];
  const send = (seconds: number, counts: boolean) =>
    openLoad({
      ...{ target, seconds, signal, connections: values.connections, rate: values.rate },
      asked: () => mix.next(index++),
      onAnswer: (response, milliseconds) => {
        if (!counts) return;
        const source = sourceOf(response);
        sources.set(source, (sources.get(source) ?? 0) + 1);
        all.add(milliseconds);
        if (CACHED.has(source)) cached.add(milliseconds);
      },
      onError: (why) => errors.set(why, (errors.get(why) ?? 0) + 1),
    });

  progress(`warming up: ${WARM_UP_SECONDS} s at ${values.rate} requests a second`);
  await send(WARM_UP_SECONDS, false);
  const before = await histograms(engine);
  const begin = performance.now();
  const samples: Sample[] = [];
  const heap: Sample[] = [];
  const sample = async () => {
    const at = (performance.now() - begin) / 1000;
    samples.push({ at, mib: residentMiB(pid) });
    heap.push({ at, mib: await heapMiB(engine) });
    if (samples.length % TOLD_EVERY === 0)
      progress(
        `${(at / 60).toFixed(1)} of ${values.minutes} min: ${all.count} answers, ${count(errors)} errors, ` +
          `p95 ${cached.quantile(0.95).toFixed(2)} ms at the client, ${samples.at(-1)?.mib.toFixed(0)} MiB`,
      );
  };
  await sample();
  const failures: unknown[] = [];
  const timer = setInterval(() => void sample().catch((error: unknown) => failures.push(error)), SAMPLE_EVERY);
  try {
    await send(values.minutes * 60, true);
  } finally {
    clearInterval(timer);
  }
  const seconds = (performance.now() - begin) / 1000;
  await sample();
  if (failures.length > 0) throw failures[0];
  const after = await histograms(engine);

  const server = { cached: since(before.cached, after.cached), all: since(before.all, after.all) };
  const growth = growthOf(samples);
  const p95 = quantileIn(server.cached, 0.95);
  const clientOf = (latencies: Latencies) => QUANTILES.map((quantile) => latencies.quantile(quantile));
  const serverOf = (histogram: typeof server.all) => QUANTILES.map((quantile) => quantileIn(histogram, quantile));
  const shown = {
    requestsPerSecond: all.count / seconds,
    minutes: seconds / 60,
    errors: [...errors],
    sources: Object.fromEntries([...sources].sort(([, one], [, other]) => other - one)),
    server: { cached: serverOf(server.cached), all: serverOf(server.all) },
    client: { cached: clientOf(cached), all: clientOf(all) },
    rssStartMiB: samples[0]?.mib ?? NaN,
    rssEndMiB: samples.at(-1)?.mib ?? NaN,
    growth,
    heapGrowth: growthOf(heap),
  };
  return {
    table: tableOfSoak(shown),
    json: {
      bench: 'soak',
      // No finer than the histogram: between these two lies what 95 % of the cached answers did not exceed.
      p95Ms: p95.high * 1000,
      p95AboveMs: p95.low * 1000,
      limitMs: LIMIT_MS,
      ...{ requestsPerSecond: shown.requestsPerSecond, minutes: shown.minutes, errors: count(errors) },
      ...{ rssStartMiB: shown.rssStartMiB, rssEndMiB: shown.rssEndMiB },
      growthMiBPerHour: growth.slope,
      growthBoundsMiBPerHour: [growth.low, growth.high],
      grows: growth.low > LIMIT_GROWTH,
      withinLimit: p95.high * 1000 <= LIMIT_MS && errors.size === 0 && !(growth.low > LIMIT_GROWTH),
      clientMs: { cached: shown.client.cached, all: shown.client.all },
      sources: shown.sources,
      pinned: await canPin(),
      settings: values,
    },
  };
}

async function histograms(engine: Engine) {
  const scrape = await engine.read(PATHS.metrics);
  return {
    cached: readHistogram(scrape, METRICS.duration, ({ source }) => CACHED.has(source ?? '')),
    all: readHistogram(scrape, METRICS.duration, () => true),
  };
}

async function heapMiB(engine: Engine): Promise<number> {
  const [, bytes] = /^nodejs_heap_size_used_bytes\S* (\S+)/m.exec(await engine.read(PATHS.metrics)) ?? [];
  return Number(bytes) / MEBIBYTE;
}

function count(errors: ReadonlyMap<string, number>): number {
  return [...errors.values()].reduce((sum, some) => sum + some, 0);
}
