/** Windows counted together. */
import { type Exclusion, exclusionOf } from './exclusions.ts';
import { type Window, WINDOW_MINUTES } from './windows.ts';

/** Sums over windows. */
export interface Tally {
  /** Minutes in which the objective was promised; those that were measured and those that are unknown are its parts, whatever is excluded. */
  readonly promisedMinutes: number;
  readonly measuredMinutes: number;
  /** Of the promised minutes, those of which nothing is known and that no exclusion covers. */
  readonly unknownMinutes: number;
  /** Minutes that an exclusion covers. */
  readonly excludedMinutes: number;
  readonly requests: number;
  readonly bad: number;
  /** Minutes of the windows in which more went wrong than may. */
  readonly minutesBelowTarget: number;
}

export const NOTHING: Tally = {
  promisedMinutes: 0,
  measuredMinutes: 0,
  unknownMinutes: 0,
  excludedMinutes: 0,
  requests: 0,
  bad: 0,
  minutesBelowTarget: 0,
};

/**
 * Counts windows against a target (the share that goes well). In an excluded window the requests that failed are left out altogether and those that went well
 * count, so that an exclusion can never make a figure worse.
 */
export function tally(windows: readonly Window[], target: number, exclusions: readonly Exclusion[] = []): Tally {
  return windows
    .filter(({ state }) => state !== 'not-promised')
    .map((window) => counted(window, target, exclusionOf(window, exclusions) !== undefined))
    .reduce(plus, NOTHING);
}

/** The sums of both. */
export function plus(one: Tally, other: Tally): Tally {
  const names = Object.keys(one) as (keyof Tally)[];
  return Object.fromEntries(names.map((name) => [name, one[name] + other[name]])) as Record<keyof Tally, number>;
}

function counted(window: Window, target: number, excluded: boolean): Tally {
  const promised = { ...NOTHING, promisedMinutes: WINDOW_MINUTES, excludedMinutes: excluded ? WINDOW_MINUTES : 0 };
  if (window.state !== 'measured') return { ...promised, unknownMinutes: excluded ? 0 : WINDOW_MINUTES };
  const { requests, bad } = window;
  return {
    ...promised,
    measuredMinutes: WINDOW_MINUTES,
    requests: excluded ? requests - bad : requests,
    bad: excluded ? 0 : bad,
    minutesBelowTarget: !excluded && bad > (1 - target) * requests ? WINDOW_MINUTES : 0,
  };
}
