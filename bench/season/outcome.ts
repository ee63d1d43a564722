import type { Context } from '../lib/bench.ts';
import type { Account } from './accounting.ts';
import type { MakeCache, Setup } from './cache-under-test.ts';
import { type Ceilings, ceilingsOf } from './ceiling.ts';
import { play } from './play.ts';
import type { Parameters } from './settings.ts';
import type { SeasonTrace } from './trace.ts';

/** How a cache did. */
export interface Played {
  readonly account: Account;
  readonly originCalls: number;
  readonly judgeCalls: number;
}

/** How a cache did beside what its season allowed. */
export interface Outcome extends Played {
  readonly parameters: Parameters;
  readonly ceilings: Ceilings;
}

/** Plays a season to a cache that is made for it, and closes that. Rejects with the signal's reason. */
export async function playOnce(
  trace: SeasonTrace,
  makeCache: MakeCache,
  setup: Setup,
  signal: AbortSignal,
): Promise<Played> {
  const cache = await makeCache(trace, setup);
  try {
    const account = await play(trace, cache, signal);
    return { account, originCalls: cache.originCalls, judgeCalls: cache.judgeCalls };
  } finally {
    await cache.close();
  }
}

/** Plays a season to a whole cache, and works out what it allows; `name` is for whoever waits. */
export async function playAndMeasure(
  trace: SeasonTrace,
  makeCache: MakeCache,
  name: string,
  { progress, signal }: Context,
): Promise<Outcome> {
  progress(`working out what ${name} allows`);
  const ceilings = ceilingsOf(trace, trace.parameters.sharers);
  progress(`playing ${name}`);
  return { parameters: trace.parameters, ceilings, ...(await playOnce(trace, makeCache, {}, signal)) };
}
