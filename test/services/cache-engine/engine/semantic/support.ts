import { hash } from 'node:crypto';
import { ExactVectors } from '../../../../../services/cache-engine/src/adapters/vectors/exact-vectors.ts';
import { PartitionedIndex } from '../../../../../services/cache-engine/src/adapters/vectors/partitioned-index.ts';
import type { Adapters } from '../../../../../services/cache-engine/src/compose.ts';
import type { Embedder } from '../../../../../services/cache-engine/src/ports/embedder.ts';
import type { Judge, Pair, Verdict } from '../../../../../services/cache-engine/src/ports/judge.ts';

const DIMENSIONS = 64;

/** An embedder whose vectors are hashed bags of words: texts with many words in common lie close together. */
export class BagOfWords implements Embedder {
  readonly model = 'bag-of-words/1';
  readonly dimensions = DIMENSIONS;
  calls = 0;
  /** Set by a test that wants the embedder away. */
  away = false;

  async embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    this.calls++;
    if (this.away) throw new Error('The embedder is away.');
    return texts.map(vectorOf);
  }

  async close(): Promise<void> {}
}

/** The vector of a text by its words. */
export function vectorOf(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const digest = hash('sha256', word, 'buffer');
    const at = digest.readUInt8(0) % DIMENSIONS;
    vector[at] = (vector[at] ?? 0) + ((digest.readUInt8(1) & 1) === 0 ? 1 : -1);
  }
  const norm = Math.hypot(...vector) || 1;
  return vector.map((component) => component / norm);
}

/** A judge that says what the test says, and remembers what it was asked. */
export class TestJudge implements Judge {
  readonly name = 'a-judge/1';
  readonly asked: Pair[] = [];
  reply: (pair: Pair, signal: AbortSignal) => Promise<Verdict>;

  constructor(reply: TestJudge['reply'] = async () => ({ verdict: 'same' })) {
    this.reply = reply;
  }

  judge(pair: Pair, signal: AbortSignal): Promise<Verdict> {
    this.asked.push(pair);
    return this.reply(pair, signal);
  }
}

/** An index and an embedder of one engine: what it knows of wordings is its own. */
export function wordings(): NonNullable<Adapters['semantic']> {
  return {
    embedder: new BagOfWords(),
    index: new PartitionedIndex(DIMENSIONS, (dimensions) => new ExactVectors(dimensions)),
  };
}
