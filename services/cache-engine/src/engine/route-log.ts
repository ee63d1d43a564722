import type { BreakerState, RouteObserver, RouteState } from '../ports/origin.ts';
import { PRIORITIES, type Priority } from './admission/priority.ts';

/** Counts what is done to keep origins from harm, for the metrics. */
export class RouteLog implements RouteObserver {
  readonly shedByPriority: Record<Priority, number> = Object.fromEntries(
    PRIORITIES.map((priority) => [priority, 0]),
  ) as Record<Priority, number>;
  readonly #onBreaker: (route: string, state: BreakerState) => void;
  #retries = 0;
  #states: () => readonly RouteState[] = () => [];

  /** @param onBreaker told of each turn of a breaker */
  constructor(onBreaker: (route: string, state: BreakerState) => void = () => {}) {
    this.#onBreaker = onBreaker;
  }

  /** Asks `states` from now on how it stands with each route. */
  follow(states: () => readonly RouteState[]): void {
    this.#states = states;
  }

  /** How it stands with each route now. */
  get states(): readonly RouteState[] {
    return this.#states();
  }

  /** Calls that were made again after they had failed. */
  get retries(): number {
    return this.#retries;
  }

  retried(): void {
    this.#retries++;
  }

  shed(_route: string, priority: Priority): void {
    this.shedByPriority[priority]++;
  }

  breakerChanged(route: string, state: BreakerState): void {
    this.#onBreaker(route, state);
  }
}
