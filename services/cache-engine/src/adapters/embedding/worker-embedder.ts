import { EmbedderBusy, EmbedderFailure, type Embedder } from '../../ports/embedder.ts';
import { EMBEDDING_WORKER, EmbeddingThread, type Job } from './embedding-thread.ts';
import { MODEL } from './model.ts';

/** How much an embedder takes on. */
export interface WorkerEmbedderOptions {
  /** Threads, each with a copy of the model. @default 1 */
  readonly threads?: number;
  /** Texts that may wait for a thread. With one thread the last of 64 waits about a tenth of a second. @default 64 */
  readonly queueLimit?: number;
  /** Milliseconds after a failed start in which none is tried: a missing file will not come by itself. @default 1000 */
  readonly restartPause?: number;
  /** What the threads run: something that speaks `protocol.ts`. @default the engine's own */
  readonly worker?: URL;
}

/**
 * Embeds in threads of its own, so that the event loop stays free: a question of usual length takes about two milliseconds of
 * one core. Threads start with `start` or the first text. One that crashes takes the texts that it was at with it, and another
 * takes its place.
 */
export class WorkerEmbedder implements Embedder {
  readonly model = MODEL.name;
  readonly dimensions = MODEL.dimensions;
  readonly #options: Required<WorkerEmbedderOptions>;
  readonly #threads = new Set<EmbeddingThread>();
  /** In the order in which they came. */
  readonly #waiting = new Set<Job>();
  /** Whoever waits for the first thread. */
  readonly #starters = new Set<PromiseWithResolvers<void>>();
  #failure: { readonly at: number; readonly error: EmbedderFailure } | undefined;
  #closed = false;

  constructor(options: WorkerEmbedderOptions = {}) {
    this.#options = { threads: 1, queueLimit: 64, restartPause: 1000, worker: EMBEDDING_WORKER, ...options };
  }

  /** Whether a text would be embedded without waiting for a thread to start. */
  get ready(): boolean {
    return [...this.#threads].some((thread) => thread.ready);
  }

  /** Starts the threads ahead of the first text. Resolves when one is ready; rejects with an EmbedderFailure. */
  async start(): Promise<void> {
    const failure = this.#ensureThreads();
    if (failure !== undefined) throw failure;
    if (this.ready) return;
    const starter = Promise.withResolvers<void>();
    this.#starters.add(starter);
    await starter.promise;
  }

  async embed(texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[]> {
    signal?.throwIfAborted();
    const failure = this.#ensureThreads();
    if (failure !== undefined) throw failure;
    const { queueLimit } = this.#options;
    if (this.#waiting.size + texts.length > queueLimit) throw new EmbedderBusy(queueLimit);
    const jobs: Job[] = [];
    const vectors = texts.map(
      (text) =>
        new Promise<Float32Array>((resolve, reject) => {
          jobs.push({ text, resolve, reject });
        }),
    );
    for (const job of jobs) this.#waiting.add(job);
    this.#distribute();
    const onAbort = () => {
      for (const job of jobs) {
        this.#waiting.delete(job);
        job.reject(signal?.reason as Error);
      }
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.all(vectors);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      // When one has failed, nobody waits for the others.
      for (const job of jobs) this.#waiting.delete(job);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#rejectWaiting(closed());
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  /** Starts the threads that are missing. Gives back why there can be none. */
  #ensureThreads(): EmbedderFailure | undefined {
    if (this.#closed) return closed();
    const { threads, restartPause } = this.#options;
    const pausing = this.#failure !== undefined && performance.now() - this.#failure.at < restartPause;
    if (!pausing) while (this.#threads.size < threads) this.#startThread();
    return this.#threads.size === 0 ? this.#failure?.error : undefined;
  }

  #startThread(): void {
    let started = false;
    const thread = new EmbeddingThread(this.#options.worker, {
      onRoom: () => {
        if (!started) this.#onStarted();
        started = true;
        this.#distribute();
      },
      onEnd: (error) => {
        this.#threads.delete(thread);
        if (this.#closed) return;
        if (started) this.#ensureThreads();
        else this.#onFailedStart(error);
      },
    });
    this.#threads.add(thread);
  }

  #onStarted(): void {
    this.#failure = undefined;
    for (const starter of this.#starters) starter.resolve();
    this.#starters.clear();
  }

  #onFailedStart(error: EmbedderFailure): void {
    this.#failure = { at: performance.now(), error };
    if (this.#threads.size === 0) this.#rejectWaiting(error);
  }

  #distribute(): void {
    for (const thread of this.#threads) {
      for (const job of this.#waiting) {
        if (!thread.hasRoom) break;
        this.#waiting.delete(job);
        thread.give(job);
      }
    }
  }

  #rejectWaiting(error: EmbedderFailure): void {
    for (const waiting of [...this.#waiting, ...this.#starters]) waiting.reject(error);
    this.#waiting.clear();
    this.#starters.clear();
  }
}

function closed(): EmbedderFailure {
  return new EmbedderFailure('The embedder was closed.');
}
