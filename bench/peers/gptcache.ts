import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { QuestionPair } from '../eval/pairs.ts';
import type { Outcome } from '../eval/score.ts';
import type { Context } from '../lib/bench.ts';
import { virtualEnvironment } from './virtual-environment.ts';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('gptcache_pairs.py', import.meta.url));

export const GPTCACHE_VERSION = '0.1.44';
/** GPTCache installs what its stores need when it first needs it; here it is there before. */
const PACKAGES = [`gptcache==${GPTCACHE_VERSION}`, 'faiss-cpu==1.15.1', 'sqlalchemy==2.1.9', 'numpy==2.4.6'];
const MOST_OUTPUT = 64 * 1024 ** 2;

/** What GPTCache made of the pairs. */
export interface GptCacheResult {
  readonly outcomes: readonly Outcome[];
  /** CPU time of a lookup in microseconds, without the embedding, which it is handed. */
  readonly cpuMicros: number;
}

/** Asks GPTCache the pairs; it is handed the vectors, and neither category nor label. */
export async function askGptCache(
  pairs: readonly QuestionPair[],
  vectors: ReadonlyMap<string, Float32Array>,
  context: Context,
): Promise<GptCacheResult> {
  const bin = await virtualEnvironment(`gptcache-${GPTCACHE_VERSION}`, PACKAGES, context);
  context.progress(`asking GPTCache ${pairs.length} pairs`);
  const folder = mkdtempSync(join(tmpdir(), 'wedsync-gptcache-'));
  try {
    const [pairsFile, vectorsFile, data] = ['pairs.jsonl', 'vectors.jsonl', 'data'].map((name) => join(folder, name));
    writeFileSync(pairsFile as string, linesOf(pairs.map(({ id, a, b }) => ({ id, a, b }))));
    writeFileSync(vectorsFile as string, linesOf([...vectors].map(([text, vector]) => [text, [...vector]])));
    mkdirSync(data as string);
    const args = [SCRIPT, pairsFile, vectorsFile, data] as string[];
    const options = { signal: context.signal, maxBuffer: MOST_OUTPUT, cwd: folder };
    const { stdout } = await run(join(bin, 'python'), args, options);
    const lines = stdout.trim().split('\n');
    const { cpuSeconds } = JSON.parse(lines.pop() as string) as { readonly cpuSeconds: number };
    const answers = lines.map(
      (line) => JSON.parse(line) as { readonly id: string; readonly answeredBy: string | null },
    );
    const answered = new Map(answers.map(({ id, answeredBy }) => [id, answeredBy ?? undefined]));
    const outcomes = pairs.map((pair) => ({ pair, answeredBy: answered.get(pair.id), rank: undefined }));
    return { outcomes, cpuMicros: cpuSeconds * 1e6 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function linesOf(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}
