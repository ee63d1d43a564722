/** Whether a service takes new requests: not while it starts, and not once it drains. */
export class Readiness {
  #state: 'starting' | 'ready' | 'draining' = 'starting';

  get state(): 'starting' | 'ready' | 'draining' {
    return this.#state;
  }

  /** It can serve. Without effect once it drains. */
  started(): void {
    if (this.#state === 'starting') this.#state = 'ready';
  }

  /** It finishes what is under way and takes nothing new. */
  draining(): void {
    this.#state = 'draining';
  }
}
