import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { EmbedderFailure } from '../../ports/embedder.ts';
import type { EmbeddingReport, EmbeddingRequest, ThreadData } from './protocol.ts';
import { RunGate } from './run-gate.ts';

/** The thread's file lies beside this one and is of its kind: TypeScript among the sources, JavaScript in the build. */
export const EMBEDDING_WORKER = new URL(`./embedding-worker${extname(import.meta.url)}`, import.meta.url);

/** Texts that are with the thread at a time: one that it embeds and the next, so that it never waits for the post. */
const WINDOW = 2;

/** Milliseconds that an ending process waits for a run: longer than loading the model takes. */
const LONGEST_RUN = 1000;

/** A text that waits for its vector. */
export interface Job {
  readonly text: string;
  resolve(vector: Float32Array): void;
  reject(reason: Error): void;
}

/** What the owner of a thread has to know. */
export interface ThreadEvents {
  /** The model is loaded, or there is room for another job. */
  onRoom(): void;
  /** The thread is gone, and the jobs that it had are rejected. */
  onEnd(failure: EmbedderFailure): void;
}

/** A worker thread with a model of its own, from its start to its end. */
export class EmbeddingThread {
  readonly #worker: Worker;
  readonly #gone: Promise<void>;
  readonly #jobs = new Map<number, Job>();
  #count = 0;
  #ready = false;
  #ending = false;

  /** Starts a thread that runs `file`. */
  constructor(file: URL, events: ThreadEvents) {
    // The runtime of the model keeps an id of the machine and reports to its maker, unless the process says otherwise before it is loaded. A
    // thread has only a copy of the environment, so it is said here.
    process.env['ORT_DISABLE_TELEMETRY'] = '1';
    const gate = new RunGate();
    const onProcessExit = () => gate.shut(LONGEST_RUN);
    process.once('exit', onProcessExit);
    this.#worker = new Worker(file, { name: 'embedding', workerData: { gate: gate.memory } satisfies ThreadData });
    this.#worker.on('message', (report: EmbeddingReport) => {
      this.#take(report);
      events.onRoom();
    });
    let cause: unknown;
    this.#worker.on('error', (error) => {
      cause = error;
    });
    this.#gone = new Promise((resolve) => {
      // Comes after 'error', and also when the thread ends without one.
      this.#worker.on('exit', () => {
        process.off('exit', onProcessExit);
        const reason = cause instanceof Error ? `: ${cause.message}` : '.';
        const failure = new EmbedderFailure(`The thread that embeds texts has ended${reason}`, { cause });
        this.#ready = false;
        this.#rejectJobs(failure);
        events.onEnd(failure);
        resolve();
      });
    });
  }

  /** Whether the model is loaded. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Whether another job may be given. */
  get hasRoom(): boolean {
    return this.#ready && !this.#ending && this.#jobs.size < WINDOW;
  }

  give(job: Job): void {
    const id = ++this.#count;
    this.#jobs.set(id, job);
    this.#post({ kind: 'embed', job: id, text: job.text });
  }

  /** Rejects the jobs and ends the thread when it is through with what it has. Resolves when it is gone. */
  end(): Promise<void> {
    this.#ending = true;
    this.#rejectJobs(new EmbedderFailure('The embedder was closed.'));
    // Not Worker.terminate(): that stops native code in the middle, see RunGate.
    this.#post({ kind: 'end' });
    return this.#gone;
  }

  #post(request: EmbeddingRequest): void {
    this.#worker.postMessage(request);
  }

  #take(report: EmbeddingReport): void {
    if (report.kind === 'ready') {
      this.#ready = true;
      return;
    }
    const job = this.#jobs.get(report.job);
    this.#jobs.delete(report.job);
    if (report.kind === 'embedded') job?.resolve(report.vector);
    else job?.reject(new EmbedderFailure(`A text could not be embedded: ${report.reason}`));
  }

  #rejectJobs(failure: EmbedderFailure): void {
    for (const job of this.#jobs.values()) job.reject(failure);
    this.#jobs.clear();
  }
}
