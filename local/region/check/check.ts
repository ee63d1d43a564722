import { join } from 'node:path';
import { demoVendor } from '../demo-vendor.ts';
import type { LocalRegion } from '../region.ts';
import { CpuMeter } from './cpu.ts';
import { killEngine, killRedisMaster } from './faults.ts';
import { ask } from './load.ts';
import { type Memory, memoryOf } from './memory.ts';
import { askingOrder, readQuestions } from './questions.ts';
import { seededRandom } from './random.ts';
import { judge, type Verdict } from './verdict.ts';

export interface CheckOptions {
  readonly projectDir: string;
  readonly dataDir: string;
  readonly requests: number;
  /** All choices of questions and of their order follow from it. */
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, note?: string) => void;
}

/** What the check measured. */
export interface CheckResult extends Verdict {
  readonly faults: readonly string[];
  readonly seconds: number;
  /** CPU of the engine processes a request, in microseconds. */
  readonly engineCpuMicros: number;
  /** Of this process and every process of the region, at the end. */
  readonly memory: Memory;
}

const CONCURRENCY = 8;
const SAMPLE_MS = 200;
/** The faults strike when this share of the requests is done. */
const MASTER_DIES_AT = 1 / 3;
const ENGINE_DIES_AT = 2 / 3;

/** Puts the region under load, kills a Redis master and an engine on the way, and judges what the clients saw. */
export async function check(region: LocalRegion, options: CheckOptions): Promise<CheckResult> {
  const questions = readQuestions(join(options.projectDir, 'bench', 'data', 'wedding-pairs.jsonl'));
  const order = askingOrder(questions.length, options.requests, seededRandom(options.seed));
  const { apiKey } = await demoVendor(region.url, region.adminToken, options.dataDir);

  const cpu = new CpuMeter();
  const enginePids = () => {
    const addresses = new Set(region.engines().map(({ host }) => host));
    return region.status().pods.flatMap((pod) => (addresses.has(pod.ip) ? pod.pids : []));
  };
  const sample = () => cpu.sample(enginePids());
  sample();
  const sampling = setInterval(sample, SAMPLE_MS);

  const faults: string[] = [];
  const strikes: { at: number; strike: () => string | Promise<string> }[] = [
    {
      at: Math.floor(options.requests * MASTER_DIES_AT),
      strike: async () => `Redis master ${await killRedisMaster(region)}`,
    },
    { at: Math.floor(options.requests * ENGINE_DIES_AT), strike: () => `engine ${killEngine(region)}` },
  ];
  const struck: Promise<void>[] = [];
  const strikeAt = async (done: number, strike: () => string | Promise<string>) => {
    sample();
    const what = await strike();
    faults.push(what);
    options.onProgress(done, `killed ${what} after ${done} requests`);
  };
  const started = performance.now();
  try {
    const outcomes = await ask({
      baseUrl: `${region.url}/v1`,
      apiKey,
      questions,
      order,
      concurrency: CONCURRENCY,
      signal: options.signal,
      onDone: (done) => {
        options.onProgress(done);
        for (const { strike } of strikes.filter(({ at }) => at === done)) struck.push(strikeAt(done, strike));
      },
    });
    await Promise.all(struck);
    sample();
    return {
      ...judge(outcomes, options.requests),
      faults,
      seconds: (performance.now() - started) / 1000,
      engineCpuMicros: (cpu.total * 1e6) / outcomes.length,
      memory: memoryOf([process.pid, ...region.status().pods.flatMap(({ pids }) => pids)]),
    };
  } finally {
    clearInterval(sampling);
  }
}
