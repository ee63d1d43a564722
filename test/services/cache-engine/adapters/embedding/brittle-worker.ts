import { parentPort } from 'node:worker_threads';
import type {
  EmbeddingReport,
  EmbeddingRequest,
} from '../../../../../services/cache-engine/src/adapters/embedding/protocol.ts';

/**
 * A thread without a model. The text says what happens: `crash` ends the thread, `fail` cannot be embedded, `hang` is never
 * answered, and the vector of any other text is its length.
 */
const report = (message: EmbeddingReport) => parentPort?.postMessage(message);

parentPort?.on('message', (request: EmbeddingRequest) => {
  if (request.kind === 'end') return parentPort?.close();
  const { job, text } = request;
  if (text === 'crash') throw new Error('out of memory');
  if (text === 'hang') return;
  if (text === 'fail') return report({ kind: 'failed', job, reason: 'too odd' });
  report({ kind: 'embedded', job, vector: Float32Array.of(text.length) });
});
report({ kind: 'ready' });
