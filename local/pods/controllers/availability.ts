import type { Pod } from '../pod/pod.ts';

/** Says whether a Pod has been ready for long enough, and asks to be asked again when it will have been. */
export class Availability {
  readonly #changed: () => void;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  has(pod: Pod, minReadySeconds = 0): boolean {
    if (pod.readySince === undefined) return false;
    const missingMs = minReadySeconds * 1000 - (performance.now() - pod.readySince);
    if (missingMs <= 0) return true;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#changed();
    }, missingMs);
    this.#timers.add(timer);
    return false;
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
