const BUSY = 0;
const SHUT = 1;

/**
 * Lets two threads agree that no native code runs in the one when the other ends the process: Node would stop it in the middle
 * of a call, to which the runtime's answer is `abort()`. Both sides make theirs over the same shared memory.
 */
export class RunGate {
  readonly memory: SharedArrayBuffer;
  readonly #state: Int32Array;

  constructor(memory = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#state = new Int32Array(memory);
  }

  /** Runs native code unless the gate is shut; then it rejects. For the thread that runs it, one at a time. */
  async pass<Result>(run: () => Promise<Result>): Promise<Result> {
    Atomics.store(this.#state, BUSY, 1);
    try {
      // Asked after saying so: whoever shuts the gate sees either that this runs, or is seen here.
      if (Atomics.load(this.#state, SHUT) === 1) throw new Error('The process is ending.');
      return await run();
    } finally {
      Atomics.store(this.#state, BUSY, 0);
      Atomics.notify(this.#state, BUSY);
    }
  }

  /** Shuts the gate for good and blocks until nothing runs, no longer than `milliseconds`. For the thread that ends the process. */
  shut(milliseconds: number): void {
    Atomics.store(this.#state, SHUT, 1);
    Atomics.wait(this.#state, BUSY, 1, milliseconds);
  }
}
