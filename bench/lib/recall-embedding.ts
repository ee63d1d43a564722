import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { quantileSorted } from 'simple-statistics';
import type { WorkerEmbedder } from '../../services/cache-engine/src/adapters/embedding/worker-embedder.ts';
import { rounded } from './rounded.ts';

/** What an embedder costs. Times are wall clock, milliseconds. */
export interface EmbeddingCost {
  /** From nothing to a loaded model. */
  readonly startMs: number;
  /** What the process grew by when all texts had been embedded once. */
  readonly residentMB: number;
  /** Median for one text at a time. */
  readonly aloneMs: number;
  readonly aloneP99Ms: number;
  /** A text when sixteen come at once. */
  readonly sixteenMs: number;
}

/** Measures an embedder that has not been started, on `texts`. */
export async function embeddingCost(embedder: WorkerEmbedder, texts: readonly string[]): Promise<EmbeddingCost> {
  const residentBefore = process.memoryUsage.rss();
  const [startMs] = await timed(() => embedder.start());
  const alone: number[] = [];
  for (const text of texts) alone.push((await timed(() => embedder.embed([text])))[0]);
  alone.sort((one, other) => one - other);
  const [togetherMs] = await timed(async () => {
    for (let from = 0; from < texts.length; from += 16) await embedder.embed(texts.slice(from, from + 16));
  });
  return {
    startMs: rounded(startMs),
    residentMB: rounded((process.memoryUsage.rss() - residentBefore) / 1e6),
    aloneMs: rounded(quantileSorted(alone, 0.5)),
    aloneP99Ms: rounded(quantileSorted(alone, 0.99)),
    sixteenMs: rounded(togetherMs / texts.length),
  };
}

/** The vectors of `texts` in an order that `seed` decides, so that questions and their variants are mixed. */
export async function embedAll(
  embedder: WorkerEmbedder,
  texts: readonly string[],
  seed: number,
): Promise<Float32Array[]> {
  const random = xoroshiro128plus(seed);
  const shuffled = [...texts];
  for (let at = shuffled.length - 1; at > 0; at--) {
    const other = uniformInt(random, 0, at);
    [shuffled[at], shuffled[other]] = [shuffled[other] as string, shuffled[at] as string];
  }
  const vectors: Float32Array[] = [];
  for (let from = 0; from < shuffled.length; from += 64) {
    vectors.push(...(await embedder.embed(shuffled.slice(from, from + 64))));
  }
  return vectors;
}

async function timed<Result>(work: () => Promise<Result>): Promise<[number, Result]> {
  const start = performance.now();
  const result = await work();
  return [performance.now() - start, result];
}
