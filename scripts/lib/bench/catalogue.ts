import type { Context, Report, Run, Settings, Values } from '../../../bench/lib/bench.ts';
import { SETTINGS as HOT } from '../../../bench/hot/settings.ts';
import { SETTINGS as METRICS } from '../../../bench/metrics/settings.ts';
import { SETTINGS as PEERS } from '../../../bench/peers/settings.ts';
import { SETTINGS as SEASON } from '../../../bench/season/settings.ts';
import { SETTINGS as SEMANTIC } from '../../../bench/semantic/settings.ts';
import { SETTINGS as SOAK } from '../../../bench/soak/settings.ts';
import { SETTINGS as WARM } from '../../../bench/warm/settings.ts';

/** A bench as the command line offers it. */
export interface CataloguedBench {
  readonly says: string;
  readonly settings: Settings;
  /** Runs it with a value for each of its settings. */
  readonly run: (values: Readonly<Record<string, number>>, context: Context) => Promise<Report>;
}

/** A bench whose code, with the libraries that it needs, is loaded only when it is run. */
function bench<Known extends Settings>(
  says: string,
  settings: Known,
  load: () => Promise<{ readonly run: Run<Known> }>,
): CataloguedBench {
  return { says, settings, run: async (values, context) => (await load()).run(values as Values<Known>, context) };
}

/** Every bench by name, in the order of the help. */
export const BENCHES: Readonly<Record<string, CataloguedBench>> = {
  hot: bench('CPU of a hot hit beside a bare node:http server', HOT, () => import('../../../bench/hot/hot.ts')),
  warm: bench('CPU of a warm hit beside a hot one', WARM, () => import('../../../bench/warm/warm.ts')),
  metrics: bench(
    'CPU of counting and of scrapes beside that of a hot hit',
    METRICS,
    () => import('../../../bench/metrics/metrics.ts'),
  ),
  peers: bench(
    'LiteLLM, GPTCache and fixed thresholds beside the engine',
    PEERS,
    () => import('../../../bench/peers/peers.ts'),
  ),
  season: bench(
    'hit rate over a generated season beside what it allows',
    SEASON,
    () => import('../../../bench/season/season.ts'),
  ),
  semantic: bench(
    'CPU of a semantic hit beside inference and search alone',
    SEMANTIC,
    () => import('../../../bench/semantic/semantic.ts'),
  ),
  soak: bench('times, errors and memory at a constant rate', SOAK, () => import('../../../bench/soak/soak.ts')),
};
