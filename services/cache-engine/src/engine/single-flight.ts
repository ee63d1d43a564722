/** What a piece of shared work is given: a way to hand on parts as they come, and the signal that nobody waits any more. */
export interface FlightControls<Part> {
  readonly emit: (part: Part) => void;
  readonly signal: AbortSignal;
}

interface Waiter<Part, Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
  readonly onPart: ((part: Part) => void) | undefined;
}

interface Flight<Part, Result> {
  readonly parts: Part[];
  readonly waiters: Set<Waiter<Part, Result>>;
  readonly abort: AbortController;
}

/**
 * Does the same work once for all who ask for it at the same time.
 *
 * - Everyone who joins gets the one result, or the one error.
 * - Who joins late first gets the parts that were emitted before.
 * - Who leaves takes nothing from the others, be it the one who came first; when all have left, the work is told to stop
 *   and the next to ask starts anew.
 */
export class SingleFlight<Part, Result> {
  readonly #flights = new Map<string, Flight<Part, Result>>();

  /** Pieces of work under way. */
  get size(): number {
    return this.#flights.size;
  }

  /** Whether work is under way under `key`. */
  has(key: string): boolean {
    return this.#flights.has(key);
  }

  /** The result of `work` under `key`: that of the work under way, or of a new one. Rejects with `signal`'s reason on abort. */
  join(
    key: string,
    work: (controls: FlightControls<Part>) => Promise<Result>,
    signal?: AbortSignal,
    onPart?: (part: Part) => void,
  ): Promise<Result> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    const flight = this.#flights.get(key) ?? this.#start(key, work);
    return new Promise<Result>((resolve, reject) => {
      const leave = () => {
        flight.waiters.delete(waiter);
        reject(signal?.reason as Error);
        if (flight.waiters.size === 0) this.#abandon(key, flight);
      };
      const waiter: Waiter<Part, Result> = {
        resolve: (result) => (signal?.removeEventListener('abort', leave), resolve(result)),
        reject: (error) => (signal?.removeEventListener('abort', leave), reject(error)),
        onPart,
      };
      flight.waiters.add(waiter);
      signal?.addEventListener('abort', leave, { once: true });
      if (onPart !== undefined) flight.parts.forEach(onPart);
    });
  }

  #start(key: string, work: (controls: FlightControls<Part>) => Promise<Result>): Flight<Part, Result> {
    const flight: Flight<Part, Result> = { parts: [], waiters: new Set(), abort: new AbortController() };
    this.#flights.set(key, flight);
    const emit = (part: Part) => {
      flight.parts.push(part);
      for (const waiter of flight.waiters) waiter.onPart?.(part);
    };
    // A microtask later, so that whoever started the flight has joined it before the work can emit or fail.
    void Promise.resolve()
      .then(() => work({ emit, signal: flight.abort.signal }))
      .then(
        (result) => this.#land(key, flight, (waiter) => waiter.resolve(result)),
        (error: Error) => this.#land(key, flight, (waiter) => waiter.reject(error)),
      );
    return flight;
  }

  #land(key: string, flight: Flight<Part, Result>, tell: (waiter: Waiter<Part, Result>) => void): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
    flight.waiters.forEach(tell);
    flight.waiters.clear();
  }

  #abandon(key: string, flight: Flight<Part, Result>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
    flight.abort.abort();
  }
}
