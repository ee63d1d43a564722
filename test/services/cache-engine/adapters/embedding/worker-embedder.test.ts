import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MODEL } from '../../../../../services/cache-engine/src/adapters/embedding/model.ts';
import {
  WorkerEmbedder,
  type WorkerEmbedderOptions,
} from '../../../../../services/cache-engine/src/adapters/embedding/worker-embedder.ts';

const SOURCE = new URL('../../../../../services/cache-engine/src/adapters/embedding/', import.meta.url);
const brittle = new URL('brittle-worker.ts', import.meta.url);
const opened: WorkerEmbedder[] = [];

function embedder(options?: WorkerEmbedderOptions): WorkerEmbedder {
  const made = new WorkerEmbedder(options);
  opened.push(made);
  return made;
}

function similarity(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, index) => sum + value * (other[index] ?? NaN), 0);
}

async function closeAll(): Promise<void> {
  await Promise.all(opened.splice(0).map((each) => each.close()));
}

describe('The embedder', () => {
  afterEach(closeAll);

  it('keeps no id of the machine, and nothing that is to be reported to anybody', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wedsync-embedder-'));
    try {
      const program = fileURLToPath(new URL('../../support/embed-and-search.ts', import.meta.url));
      const env = { ...process.env, HOME: folder, XDG_CACHE_HOME: folder, TMPDIR: folder };
      const { status, stderr } = spawnSync(process.execPath, [program, 'rain', 'sun'], { env, encoding: 'utf8' });
      assert.equal(status, 0, stderr);
      assert.deepEqual(
        readdirSync(folder).filter((name) => name !== 'node-compile-cache'),
        [],
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('finds the similarities that the model is published with', async () => {
    const texts = ['The weather is lovely today.', "It's so sunny outside!", 'He drove to the stadium.'];
    const [lovely, sunny, stadium] = await embedder().embed(texts);
    assert.ok(lovely && sunny && stadium);
    // Published for full precision; eight bits cost up to two hundredths.
    assert.ok(Math.abs(similarity(lovely, sunny) - 0.666) < 0.02, String(similarity(lovely, sunny)));
    assert.ok(Math.abs(similarity(lovely, stadium) - 0.1046) < 0.02, String(similarity(lovely, stadium)));
    assert.ok(Math.abs(similarity(sunny, stadium) - 0.1411) < 0.02, String(similarity(sunny, stadium)));
  });

  it('gives vectors of length one and the size it names, whatever the text', async () => {
    const subject = embedder();
    const vectors = await subject.embed(['', '   ', 'Who pays for the flowers?', '結婚式', 'very long '.repeat(500)]);
    assert.equal(vectors.length, 5);
    for (const vector of vectors) {
      assert.equal(vector.length, subject.dimensions);
      assert.ok(Math.abs(similarity(vector, vector) - 1) < 1e-5);
    }
  });

  it('gives a text the same vector alone, in company and in another thread', async () => {
    const text = 'How many guests fit into the barn?';
    const one = embedder();
    const [alone] = await one.embed([text]);
    const company = await one.embed(['Is parking free?', text, 'long '.repeat(100), text]);
    const [elsewhere] = await embedder().embed([text]);
    assert.deepEqual(company[1], alone);
    assert.deepEqual(company[3], alone);
    assert.deepEqual(elsewhere, alone);
  });

  it('is named after the very file that it runs', () => {
    const digest = createHash('sha256').update(readFileSync(MODEL.file)).digest('hex');
    assert.equal(embedder().model, `minilm-l6-v2.int8@${digest.slice(0, 12)}`);
  });

  it('lets a process end in the middle of a run', () => {
    const script = `
      import { WorkerEmbedder } from '${new URL('worker-embedder.ts', SOURCE).href}';
      const embedder = new WorkerEmbedder();
      await embedder.start();
      embedder.embed(Array.from({ length: 64 }, () => 'very long '.repeat(100)));
      setTimeout(() => process.exit(7), 40);`;
    const { status, signal, stderr } = spawnSync(process.execPath, ['--eval', script]);
    assert.deepEqual({ status, signal }, { status: 7, signal: null }, String(stderr));
  });
});

describe('The embedder’s threads', () => {
  afterEach(closeAll);

  it('start with the first text, or ahead of it', async () => {
    const subject = embedder({ worker: brittle });
    assert.equal(subject.ready, false);
    await subject.start();
    assert.equal(subject.ready, true);
    assert.deepEqual(await embedder({ worker: brittle }).embed(['four']), [Float32Array.of(4)]);
  });

  it('give the vectors in the order of the texts, however many threads there are', async () => {
    const subject = embedder({ worker: brittle, threads: 3 });
    const texts = Array.from({ length: 60 }, (_, index) => 'x'.repeat(index));
    assert.deepEqual(
      (await subject.embed(texts)).map(([length]) => length),
      texts.map(({ length }) => length),
    );
  });

  it('take no more texts than may wait, and begin nothing of a call that is too much', async () => {
    const subject = embedder({ worker: brittle, queueLimit: 3 });
    await subject.start();
    const stuck = subject.embed(['hang', 'hang']).catch((error: Error) => error.name);
    const waiting = subject.embed(['a', 'b']).catch((error: Error) => error.name);
    await assert.rejects(subject.embed(['c', 'd']), {
      name: 'EmbedderBusy',
      message: 'More than 3 texts would wait to be embedded.',
    });
    const last = subject.embed(['e']).catch((error: Error) => error.name);
    await subject.close();
    assert.deepEqual(await Promise.all([stuck, waiting, last]), Array(3).fill('EmbedderFailure'));
  });

  it('give the place of a caller who has left to the next', async () => {
    const subject = embedder({ worker: brittle, queueLimit: 2 });
    await subject.start();
    const stuck = subject.embed(['hang', 'hang']).catch(() => 'closed');
    const leaving = new AbortController();
    const left = subject.embed(['a', 'b'], leaving.signal);
    leaving.abort(new Error('The caller has left.'));
    await assert.rejects(left, { message: 'The caller has left.' });
    await assert.rejects(subject.embed(['a'], leaving.signal), { message: 'The caller has left.' });
    const next = subject.embed(['c', 'd']).catch(() => 'closed');
    await subject.close();
    assert.deepEqual(await Promise.all([stuck, next]), ['closed', 'closed']);
  });

  it('take with them what they were at when they crash, and are replaced', async () => {
    const subject = embedder({ worker: brittle });
    const crashed = subject.embed(['crash']);
    await assert.rejects(crashed, {
      name: 'EmbedderFailure',
      message: 'The thread that embeds texts has ended: out of memory',
    });
    assert.deepEqual(await subject.embed(['after']), [Float32Array.of(5)]);
  });

  it('keep what waits when one of them crashes', async () => {
    const subject = embedder({ worker: brittle });
    await subject.start();
    const crashed = subject.embed(['crash', 'with it']).catch((error: Error) => error.name);
    const waiting = subject.embed(['later']);
    assert.equal(await crashed, 'EmbedderFailure');
    assert.deepEqual(await waiting, [Float32Array.of(5)]);
  });

  it('survive a text that cannot be embedded', async () => {
    const subject = embedder({ worker: brittle });
    await assert.rejects(subject.embed(['good', 'fail', 'good']), {
      name: 'EmbedderFailure',
      message: 'A text could not be embedded: too odd',
    });
    assert.deepEqual(await subject.embed(['good']), [Float32Array.of(4)]);
  });

  it('are not tried again for a while when they cannot start', async () => {
    const missing = new URL('no-such-worker.ts', import.meta.url);
    const subject = embedder({ worker: missing, restartPause: 60_000 });
    const [first, second] = await Promise.allSettled([subject.start(), subject.embed(['a'])]);
    assert.ok(first.status === 'rejected' && second.status === 'rejected');
    assert.equal(first.reason, second.reason);
    await assert.rejects(subject.embed(['b']), (error) => error === first.reason);
    const eager = embedder({ worker: missing, restartPause: 0 });
    const before: unknown = await eager.start().catch((error: unknown) => error);
    await assert.rejects(eager.start(), (error) => error !== before && (error as Error).name === 'EmbedderFailure');
  });

  it('take nothing after the end', async () => {
    const subject = embedder({ worker: brittle });
    await subject.start();
    await subject.close();
    await assert.rejects(subject.embed(['a']), { name: 'EmbedderFailure', message: 'The embedder was closed.' });
    assert.equal(subject.ready, false);
  });
});
