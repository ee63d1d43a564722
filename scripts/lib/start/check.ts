import { check, type CheckResult } from '../../../local/region/check/check.ts';
import { count, megabytes, milliseconds, percent } from '../../../local/region/format.ts';
import type { LocalRegion } from '../../../local/region/region.ts';
import { ROOT } from '../root.ts';
import type { StartOptions } from './options.ts';
import { nearPath, type Screen } from './screen.ts';

/** Loads the region, prints what was measured, and gives back whether the check is passed. */
export async function runCheck(
  region: LocalRegion,
  options: StartOptions,
  screen: Screen,
  signal: AbortSignal,
): Promise<boolean> {
  const { requests, seed, dataDir } = options;
  screen.line();
  screen.line(`  ${count(requests)} requests through the openai client, seed ${seed}`);
  const result = await check(region, {
    projectDir: ROOT,
    dataDir,
    requests,
    seed,
    signal,
    onProgress: (done, note) => {
      if (note !== undefined) screen.line(`  ${note}`);
      else if (done % 100 === 0) screen.live(`${count(done)} of ${count(requests)} requests`);
    },
  });
  signal.throwIfAborted();
  report(result, screen);
  if (result.reasons.length === 0) {
    screen.line('Check passed: no request failed, and every repeated question was a hit.');
    return true;
  }
  screen.line('Check NOT passed:');
  for (const reason of result.reasons) screen.line(`  - ${reason}`);
  screen.line(`  Logs of every Pod: ${nearPath(dataDir)}/logs. The same choices again: --seed ${seed}`);
  return false;
}

function report(result: CheckResult, screen: Screen): void {
  const { tiers, requests, hits, seconds, memory } = result;
  screen.line();
  screen.table([
    ['tier', 'answers', 'p50', 'p95', 'p99'],
    ...tiers.map(({ tier, count: answers, p50, p95, p99 }) => [
      tier,
      count(answers),
      ...[p50, p95, p99].map(milliseconds),
    ]),
  ]);
  screen.line();
  screen.table([
    ['hit rate', percent(hits, requests)],
    ['requests a second', count(Math.round(requests / seconds))],
    ['engine CPU a request', `${Math.round(result.engineCpuMicros)} µs`],
    [
      'memory, resident',
      `${megabytes(memory.resident)} in ${memory.processes} processes (shared pages once: ${megabytes(memory.proportional)})`,
    ],
    ['killed on the way', result.faults.join(', ')],
  ]);
  screen.line();
}
