import type { Clock } from '@wedsync/domain';

/** The time of a trace: it passes when the next event comes, and never backwards. */
export class VirtualClock implements Clock {
  #now = 0;

  now(): number {
    return this.#now;
  }

  /** Lets it be `instant`, epoch milliseconds. */
  advance(instant: number): void {
    this.#now = Math.max(this.#now, instant);
  }
}
