import { setTimeout as sleep } from 'node:timers/promises';
import { METRICS } from '@wedsync/cache-engine/contract';
import { type EngineFigures, engineFigures } from '../../../local/region/engines.ts';
import { count, milliseconds, percent } from '../../../local/region/format.ts';
import { histogramQuantile } from '../../../local/region/metrics.ts';
import type { LocalRegion } from '../../../local/region/region.ts';
import type { Screen } from './screen.ts';

const INTERVAL_MS = 1000;

/** Keeps one line up to date until the signal aborts. */
export async function watch(region: LocalRegion, screen: Screen, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const figures = await engineFigures(region.engines(), region.authority());
    screen.live(describe(region, figures));
    await sleep(INTERVAL_MS, undefined, { signal }).catch(() => {});
  }
}

function describe(region: LocalRegion, { answers, hits, errors, samples }: EngineFigures): string {
  const { pods } = region.status();
  return [
    `${count(answers)} requests`,
    `hit rate ${percent(hits, answers)}`,
    `p95 ${milliseconds(1000 * histogramQuantile(0.95, samples, METRICS.duration))}`,
    `${count(errors)} errors`,
    `${pods.filter((pod) => pod.ready).length} of ${pods.length} Pods ready`,
  ].join(' · ');
}
