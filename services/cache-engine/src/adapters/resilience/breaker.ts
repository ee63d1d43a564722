import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  CountBreaker,
  DelegateBackoff,
  handleWhen,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import { OriginError, type BreakerState, type OriginFailure } from '../../ports/origin.ts';

/** The breaker opens when half of the last 20 calls have failed (CountBreaker takes more than the threshold), once there were 5. */
const SAMPLE = { threshold: 0.49, size: 20, minimumNumberOfCalls: 5 };

/** Milliseconds after which one call is let through to see whether the origin is back; longer each time that it is not. */
const PAUSES = [2_000, 5_000, 10_000, 30_000];

/** What says that the origin is not well. A refused request says that it is. */
const SICK: ReadonlySet<OriginFailure> = new Set(['unavailable', 'timeout', 'no-answer', 'limited']);

/** Keeps calls from an origin that fails, and looks from time to time whether it is back. */
export class Breaker {
  readonly #policy: CircuitBreakerPolicy;
  #reopensAt = 0;

  /** @param onChange called with each new state. */
  constructor(onChange: (state: BreakerState) => void) {
    const halfOpenAfter = new DelegateBackoff(({ attempt }: { attempt: number }) => {
      const pause = PAUSES[Math.min(attempt, PAUSES.length) - 1] ?? 0;
      this.#reopensAt = Date.now() + pause;
      return pause;
    });
    this.#policy = circuitBreaker(
      handleWhen((error) => this.#counts(error)),
      { halfOpenAfter, breaker: new CountBreaker(SAMPLE) },
    );
    this.#policy.onStateChange((state) => onChange(nameOf(state)));
  }

  get state(): BreakerState {
    return nameOf(this.#policy.state);
  }

  /** @throws OriginError when a call would not be let through now. */
  check(): void {
    // While the probe is under way nobody else is let through, nor made to wait for how it ends.
    const { state } = this.#policy;
    if (state === CircuitState.HalfOpen) throw this.#isOpen();
    if (state === CircuitState.Open && Date.now() < this.#reopensAt) throw this.#isOpen();
  }

  /** Makes a call if calls are let through. Rejects with what the call rejects with, or an OriginError. */
  async execute<Result>(call: () => Promise<Result>): Promise<Result> {
    this.check();
    try {
      return await this.#policy.execute(call);
    } catch (error) {
      throw error instanceof BrokenCircuitError ? this.#isOpen() : error;
    }
  }

  /** A caller who leaves says nothing of the origin, but a probe that nobody waited for has not shown it to be back. */
  #counts(error: unknown): boolean {
    if (error instanceof OriginError) return SICK.has(error.failure);
    return this.#policy.state === CircuitState.HalfOpen;
  }

  #isOpen(): OriginError {
    const retryAfter = Math.max(1, Math.ceil((this.#reopensAt - Date.now()) / 1000));
    return new OriginError('breaker-open', 'The origin has failed too often lately and is given a pause.', {
      retryAfter,
    });
  }
}

function nameOf(state: CircuitState): BreakerState {
  switch (state) {
    case CircuitState.Closed:
      return 'closed';
    case CircuitState.HalfOpen:
      return 'half-open';
    case CircuitState.Open:
    case CircuitState.Isolated:
      return 'open';
  }
}
