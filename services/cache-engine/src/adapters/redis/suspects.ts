import type { NodeAddress } from './slot-map.ts';

/** Milliseconds for which a master that left a read unanswered is asked together with its replicas from the start. */
const SUSPECT_FOR = 500;

/** Masters that did not answer lately. */
export class Suspects {
  readonly #until = new Map<NodeAddress, number>();

  /** Notes that a master did not answer. */
  add(master: NodeAddress | undefined): void {
    if (master !== undefined) this.#until.set(master, performance.now() + SUSPECT_FOR);
  }

  /** Whether a master did not answer a moment ago. */
  has(master: NodeAddress): boolean {
    if (this.#until.size === 0) return false;
    const until = this.#until.get(master);
    if (until === undefined) return false;
    if (until > performance.now()) return true;
    this.#until.delete(master);
    return false;
  }
}
