import type { Account } from './accounting.ts';
import { type MakeCache, MATCHES, type Part, SOURCES } from './cache-under-test.ts';
import { type Ceilings, ceilingsOf } from './ceiling.ts';
import type { Parameters } from './parameters.ts';
import { play } from './play.ts';
import { accountTable, ceilingTable, parameterTable, partTable } from './report.ts';
import { SeasonTrace } from './trace.ts';

/** What a run of the season shows, the last line of its output. */
export interface SeasonResult {
  readonly seed: number;
  readonly requests: number;
  readonly hitRate: number;
  readonly ceiling: number;
  readonly ideal: number;
  readonly shareOfCeiling: number;
  readonly shareOfIdeal: number;
  /** Answers to another question than was asked. */
  readonly wrong: number;
  /** Requests by source and hits by match, as shares of all requests. */
  readonly shares: Readonly<Record<string, number>>;
  /** Points of hit rate that each part gives, 0 to 1. */
  readonly gives: Readonly<Partial<Record<Part, number>>>;
}

/**
 * Plays a season to a cache, and again without each of `parts`, and prints how it did beside what the trace allows.
 * @param say takes the output, piece by piece.
 */
export async function runSeason(
  parameters: Parameters,
  makeCache: MakeCache,
  parts: readonly Part[],
  say: (text: string) => void,
): Promise<SeasonResult> {
  const trace = new SeasonTrace(parameters);
  const { intents, texts } = trace.catalogue;
  say(`A season of ${intents} questions in ${texts} texts\n${parameterTable(parameters)}`);
  const ceilings = ceilingsOf(trace, parameters.sharers);
  say(`\nWhat the trace allows\n${ceilingTable(ceilings)}`);
  const playWithout = async (off: readonly Part[]) => {
    const cache = await makeCache(new Set(off));
    try {
      return await play(trace, cache);
    } finally {
      await cache.close();
    }
  };
  const whole = await playWithout([]);
  say(`\nWhat the cache did\n${accountTable(whole)}`);
  const without = new Map<Part, number>();
  for (const part of parts) without.set(part, (await playWithout([part])).hitRate);
  say(`\nWhat each part gives\n${partTable(whole.hitRate, without)}`);
  return resultOf(parameters, ceilings, whole, without);
}

function resultOf(
  { seed }: Parameters,
  { ceiling, ideal }: Ceilings,
  whole: Account,
  without: ReadonlyMap<Part, number>,
): SeasonResult {
  const { requests, hitRate, wrong } = whole;
  const share = (count: number) => (requests === 0 ? 0 : count / requests);
  return {
    seed,
    requests,
    hitRate,
    ceiling: ceiling.hitRate,
    ideal: ideal.hitRate,
    shareOfCeiling: hitRate / ceiling.hitRate,
    shareOfIdeal: hitRate / ideal.hitRate,
    wrong,
    shares: Object.fromEntries([
      ...SOURCES.map((source) => [source, share(whole.from(source))] as const),
      ...MATCHES.map((match) => [match, share(whole.by(match))] as const),
      ['stale', share(whole.stale)] as const,
    ]),
    gives: Object.fromEntries([...without].map(([part, rate]) => [part, hitRate - rate])),
  };
}
