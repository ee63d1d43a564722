import type { Context } from '../lib/bench.ts';
import { rounded } from '../lib/rounded.ts';
import type { MakeCache, Part, Setup } from './cache-under-test.ts';
import { type Played, playOnce } from './outcome.ts';
import { eveOf, type Parameters } from './settings.ts';
import { SeasonTrace } from './trace.ts';

/** What a part of a cache gives. */
export interface Contribution {
  readonly part: Part | 'merging' | 'warming';
  /** Hit rates with it and without it, 0 to 1, and the share that it adds. */
  readonly with: number;
  readonly without: number;
  readonly points: number;
  /** How that was found out. */
  readonly how: string;
}

/** Engines that share what a region shares: with one alone there would be nothing to share. */
const PAIR: Setup = { processes: 2 };

/** Plays a season with and without each part of a cache. Rejects with the signal's reason. */
export async function contributionsOf(
  parameters: Parameters,
  makeCache: MakeCache,
  { progress, signal }: Context,
): Promise<readonly Contribution[]> {
  const trace = new SeasonTrace(parameters);
  const rateOf = async (says: string, setup: Setup): Promise<Played['account']> => {
    progress(`playing a part of the season ${says}`);
    return (await playOnce(trace, makeCache, setup, signal)).account;
  };
  const whole = await rateOf('whole', {});
  const { hitRate } = whole;
  const without = async (part: Part, how: string) =>
    contribution(part, hitRate, (await rateOf(`without ${part}`, { off: [part] })).hitRate, how);
  const merged = whole.requests === 0 ? 0 : whole.from('merged') / whole.requests;
  const pair = (await rateOf('to two engines', PAIR)).hitRate;
  const apart = (await rateOf('to two engines without warm', { ...PAIR, off: ['warm'] })).hitRate;
  const warmed = (await rateOf('after its eve', { after: new SeasonTrace(eveOf(parameters)) })).hitRate;
  const inProcess = whole.requests === 0 ? 0 : whole.from('hot') / whole.requests;
  return [
    await without('hot', `it saves time, not calls: ${(100 * inProcess).toFixed(1)} % are answered from the process`),
    contribution('warm', pair, apart, 'two engines in turn, which share it, or have each only itself'),
    contribution('merging', hitRate, hitRate - merged, 'counted: each who joined would have asked the origin'),
    await without('semantics', 'other wordings are other questions'),
    await without('sharing', 'each vendor for itself'),
    await without('stale-while-revalidate', 'nothing is given past its time to live'),
    contribution('warming', warmed, hitRate, "what another region's engines exported of each vendor on the eve"),
  ];
}

function contribution(part: Contribution['part'], rate: number, without: number, how: string): Contribution {
  return { part, with: rounded(rate), without: rounded(without), points: rounded(rate - without), how };
}
