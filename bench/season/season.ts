import { WorkerEmbedder } from '../../services/cache-engine/src/adapters/embedding/worker-embedder.ts';
import type { Context, Report } from '../lib/bench.ts';
import { rounded } from '../lib/rounded.ts';
import type { Account } from './accounting.ts';
import { type MakeCache, MATCHES, type Part, PARTS, SOURCES } from './cache-under-test.ts';
import { type Ceilings, ceilingsOf } from './ceiling.ts';
import { EngineCache } from './engine-cache.ts';
import { play } from './play.ts';
import { RememberingEmbedder } from './remembering-embedder.ts';
import { accountTable, ceilingTable, partTable, settingTable } from './report.ts';
import type { Parameters } from './settings.ts';
import { SeasonTrace } from './trace.ts';

/** Texts that may wait for the model; more than a burst ever has. */
const QUEUE_LIMIT = 10_000;

/**
 * The hit rate of the engine over a generated season, beside what the trace allows, and what each part of the engine gives of it:
 * the real engine in this process with its adapters in memory, in virtual time, with a judge that knows the truth.
 */
export async function run(parameters: Parameters, context: Context): Promise<Report> {
  const trace = new SeasonTrace(parameters);
  const worker = new WorkerEmbedder({ queueLimit: QUEUE_LIMIT });
  await worker.start();
  const embedder = new RememberingEmbedder(worker);
  try {
    const makeCache = (off: ReadonlySet<Part>) =>
      EngineCache.open({ parameters, catalogue: trace.catalogue, embedder }, off);
    return await playSeason(trace, makeCache, parameters.parts === 1 ? PARTS : [], context);
  } finally {
    await embedder.close();
  }
}

/**
 * Plays a season to a cache, and again without each of `parts`; how it did beside what the trace allows. Rejects with the signal's
 * reason.
 */
export async function playSeason(
  trace: SeasonTrace,
  makeCache: MakeCache,
  parts: readonly Part[],
  { progress, signal }: Context,
): Promise<Report> {
  const { parameters, catalogue } = trace;
  progress('working out what the season allows');
  const ceilings = ceilingsOf(trace, parameters.sharers);
  const playWithout = async (off: readonly Part[]) => {
    progress(off.length === 0 ? 'playing the season' : `playing the season without ${off.join(', ')}`);
    const cache = await makeCache(new Set(off));
    try {
      return { account: await play(trace, cache, signal), calls: cache.originCalls };
    } finally {
      await cache.close();
    }
  };
  const { account, calls } = await playWithout([]);
  const without = new Map<Part, number>();
  for (const part of parts) without.set(part, (await playWithout([part])).account.hitRate);
  return {
    table: [
      `A season of ${catalogue.intents} questions in ${catalogue.texts} texts\n${settingTable(parameters)}`,
      `What the trace allows\n${ceilingTable(ceilings)}`,
      `What the cache did\n${accountTable(account, calls)}`,
      ...(parts.length > 0 ? [`What each part gives\n${partTable(account.hitRate, without)}`] : []),
    ].join('\n\n'),
    json: figuresOf(parameters, ceilings, account, calls, without),
  };
}

function figuresOf(
  parameters: Parameters,
  { ceiling, ideal }: Ceilings,
  account: Account,
  calls: number,
  without: ReadonlyMap<Part, number>,
): Report['json'] {
  const { requests, hitRate, wrong, stale } = account;
  const share = (count: number) => rounded(requests === 0 ? 0 : count / requests);
  const shares = [
    ...SOURCES.map((source) => [source, share(account.from(source))] as const),
    ...MATCHES.map((match) => [match, share(account.by(match))] as const),
    ['stale', share(stale)] as const,
  ];
  return {
    bench: 'season',
    requests,
    hitRate: rounded(hitRate),
    ceiling: rounded(ceiling.hitRate),
    ideal: rounded(ideal.hitRate),
    shareOfCeiling: rounded(hitRate / ceiling.hitRate),
    shareOfIdeal: rounded(hitRate / ideal.hitRate),
    originCalls: share(calls),
    wrong,
    shares: Object.fromEntries(shares),
    gives: Object.fromEntries([...without].map(([part, rate]) => [part, rounded(hitRate - rate)])),
    settings: parameters,
  };
}
