import { PriorityQueue } from '../../engine/admission/priority-queue.ts';
import type { Priority } from '../../engine/admission/priority.ts';

/** What a bulkhead lets through. */
export interface BulkheadLimits {
  /** Calls under way at once. */
  readonly concurrency: number;
  /** Calls that may wait for one of those to end. */
  readonly queue: number;
}

/** A place among the calls under way; given back once, whatever is done afterwards. */
export type Release = () => void;

/** Turned away: more waits than may wait. */
export class Shed extends Error {
  constructor() {
    super('More calls wait than may wait.');
    this.name = 'Shed';
  }
}

interface Waiter {
  readonly admit: () => void;
  readonly shed: () => void;
}

/** Lets so many calls through at once; the others wait, the most urgent first, and the least urgent are turned away. */
export class Bulkhead {
  readonly #concurrency: number;
  readonly #waiting: PriorityQueue<Waiter>;
  #running = 0;

  constructor({ concurrency, queue }: BulkheadLimits) {
    this.#concurrency = concurrency;
    this.#waiting = new PriorityQueue(queue);
  }

  /** Calls under way. */
  get running(): number {
    return this.#running;
  }

  /** Calls that wait. */
  get queued(): number {
    return this.#waiting.size;
  }

  /** A place, when there is one. Rejects with Shed, or with the signal's reason. */
  async enter(priority: Priority, signal: AbortSignal): Promise<Release> {
    signal.throwIfAborted();
    if (this.#running < this.#concurrency) {
      this.#running++;
    } else {
      // Whoever leaves hands its place on, so that nobody who comes later can take it.
      await this.#wait(priority, signal);
    }
    let held = true;
    return () => {
      if (held) this.#leave();
      held = false;
    };
  }

  #wait(priority: Priority, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abandon = () => {
        this.#waiting.remove(waiter);
        reject(signal.reason as Error);
      };
      const settle = (how: () => void) => () => (signal.removeEventListener('abort', abandon), how());
      const waiter = { admit: settle(resolve), shed: settle(() => reject(new Shed())) };
      signal.addEventListener('abort', abandon, { once: true });
      this.#waiting.push(waiter, priority)?.shed();
    });
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running--;
    else next.admit();
  }
}
