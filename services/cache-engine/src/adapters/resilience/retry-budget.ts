/** What each call adds to the budget: retries are at most a tenth of the calls. */
const PER_CALL = 0.1;

/** Retries that may be saved up: enough for a blip while little is asked, too few to double the load of an outage. */
const RESERVE = 10;

/** A token bucket that keeps retries in proportion to calls: what fails everywhere must not be asked for twice everywhere. */
export class RetryBudget {
  #tokens = RESERVE;

  /** Notes a first attempt. */
  deposit(): void {
    this.#tokens = Math.min(RESERVE, this.#tokens + PER_CALL);
  }

  /** Takes one retry out; false when there is none left. */
  withdraw(): boolean {
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
