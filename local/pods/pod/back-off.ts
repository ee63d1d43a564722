/**
 * How long to wait before a restart. The kubelet restarts once at once, then after 10 s, 20 s, … 5 min; on one machine,
 * where nothing has to be scheduled or pulled, the steps are 1 s, 2 s, … 30 s.
 */
export class BackOff {
  static readonly FIRST_MS = 1_000;
  static readonly LONGEST_MS = 30_000;
  #next = 0;

  /** @param ranMs how long it ran; one that ran for as long as the longest wait starts afresh */
  afterRunOf(ranMs: number): number {
    if (ranMs >= BackOff.LONGEST_MS) this.#next = 0;
    const wait = this.#next;
    this.#next = Math.min(Math.max(wait * 2, BackOff.FIRST_MS), BackOff.LONGEST_MS);
    return wait;
  }
}
