import { fileURLToPath } from 'node:url';
import { WorkerEmbedder } from '../../services/cache-engine/src/adapters/embedding/worker-embedder.ts';
import { readPairs } from '../eval/pairs.ts';
import { evaluate } from '../eval/run.ts';
import { score, type Scores } from '../eval/score.ts';
import type { Context } from '../lib/bench.ts';
import { figure, percent, tableOf } from '../lib/table.ts';
import { askGptCache, GPTCACHE_VERSION } from './gptcache.ts';
import { nearestOf, outcomesAt } from './nearest.ts';

const PAIRS = fileURLToPath(new URL('../data/wedding-pairs.jsonl', import.meta.url));
/** Thresholds that caches are often set to. */
const THRESHOLDS = [0.8, 0.95];
/** Texts that are embedded at once. */
const BATCH = 32;
const SEED = 1;

/** What one cache made of the pairs. */
export interface PairsRow {
  readonly name: string;
  readonly scores: Scores;
  /** CPU time of a lookup in microseconds, without embedding; NaN where it was not measured. */
  readonly cpuMicros: number;
}

/** What the engine without a judge, fixed thresholds and GPTCache make of the same pairs with the same vectors. */
export async function comparePairs(context: Context): Promise<readonly PairsRow[]> {
  const { progress, signal } = context;
  const pairs = readPairs(PAIRS);
  progress(`embedding ${pairs.length} pairs`);
  const vectors = await vectorsOf([...new Set(pairs.flatMap(({ a, b }) => [a, b]))], signal);
  const nearest = nearestOf(pairs, (text) => vectors.get(text) as Float32Array);
  const gptCache = await askGptCache(pairs, vectors, context);
  progress(`asking the engine ${pairs.length} pairs`);
  const engine = await evaluate(pairs, { seed: SEED });
  return [
    { name: 'engine, no judge', scores: engine.scores, cpuMicros: NaN },
    { name: `GPTCache ${GPTCACHE_VERSION}`, scores: score(gptCache.outcomes), cpuMicros: gptCache.cpuMicros },
    ...THRESHOLDS.map((threshold) => ({
      name: `cosine ≥ ${threshold}`,
      scores: score(outcomesAt(threshold, nearest)),
      cpuMicros: NaN,
    })),
  ];
}

/** The rows as a table with 95 % intervals. */
export function tableOfPairs(rows: readonly PairsRow[]): string {
  const cell = ({ share, low, high }: Scores['trueHit']) => `${percent(share)} (${percent(low)}–${percent(high)})`;
  return [
    `Pairs of bench/data/wedding-pairs.jsonl, the same vectors for all (95 % intervals)`,
    tableOf(
      ['', 'true hits', 'false hits', 'wrong / hits', 'wrong / all', 'lookup µs'],
      rows.map(({ name, scores, cpuMicros }) => [
        name,
        ...[scores.trueHit, scores.falseHit, scores.wrongOfHits, scores.wrongOfAll].map(cell),
        figure(cpuMicros),
      ]),
    ),
  ].join('\n\n');
}

async function vectorsOf(texts: readonly string[], signal: AbortSignal): Promise<Map<string, Float32Array>> {
  const embedder = new WorkerEmbedder();
  try {
    await embedder.start();
    const vectors = new Map<string, Float32Array>();
    for (let from = 0; from < texts.length; from += BATCH) {
      const batch = texts.slice(from, from + BATCH);
      const embedded = await embedder.embed(batch, signal);
      batch.forEach((text, index) => vectors.set(text, embedded[index] as Float32Array));
    }
    return vectors;
  } finally {
    await embedder.close();
  }
}
