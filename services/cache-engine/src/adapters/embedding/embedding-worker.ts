import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { MODEL } from './model.ts';
import type { EmbeddingReport, EmbeddingRequest, ThreadData } from './protocol.ts';
import { RunGate } from './run-gate.ts';
import { WordPieceTokenizer } from './word-piece-tokenizer.ts';

/** A thread that embeds one text after the other, as `protocol.ts` has it. Fails as a whole when the model cannot be loaded. */
if (parentPort === null) throw new Error('This file is run as a worker thread.');
const port = parentPort;
const gate = new RunGate((workerData as ThreadData).gate);
const tokenizer = new WordPieceTokenizer(readFileSync(MODEL.tokenizerFile, 'utf8'), MODEL.maxTokens);
const session = await gate.pass(() =>
  // The thread is the unit of parallelism. A pool of threads within a session only makes them wait for each other.
  InferenceSession.create(MODEL.file, { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' }),
);

let last = Promise.resolve();
port.on('message', (request: EmbeddingRequest) => {
  last = last.then(() => (request.kind === 'embed' ? answer(request.job, request.text) : end()));
});
report({ kind: 'ready' });

async function answer(job: number, text: string): Promise<void> {
  try {
    const vector = await embed(text);
    report({ kind: 'embedded', job, vector }, [vector.buffer]);
  } catch (error) {
    report({ kind: 'failed', job, reason: error instanceof Error ? error.message : String(error) });
  }
}

/** One text a run: in a batch, the vector would depend on the other texts in it, see the model's README. */
async function embed(text: string): Promise<Float32Array<ArrayBuffer>> {
  const ids = BigInt64Array.from(tokenizer.encode(text), BigInt);
  const shape = [1, ids.length];
  const mask = new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape);
  // The runtime writes into this: what it allocates itself cannot be handed over to another thread.
  const vector = new Float32Array(MODEL.dimensions);
  const output = new Tensor('float32', vector, [1, MODEL.dimensions]);
  await gate.pass(() =>
    session.run({ input_ids: new Tensor('int64', ids, shape), attention_mask: mask }, { emb: output }),
  );
  return vector;
}

/** Gives the model back. With its port closed nothing keeps the thread. */
async function end(): Promise<void> {
  await session.release();
  port.close();
}

function report(message: EmbeddingReport, handOver: ArrayBuffer[] = []): void {
  port.postMessage(message, handOver);
}
