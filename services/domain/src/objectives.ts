/**
 * The share of hits by another wording that may be wrong at most: the product's promise is the right answer, and a wrong one costs
 * more than a miss. The upper end of the measured interval is held against it.
 */
export const FALSE_HIT_OBJECTIVE = 0.005;

/** Days over which an objective is held: long enough to hold four Saturdays, whatever day it begins on. */
export const OBJECTIVE_WINDOW_DAYS = 30;

/** When an objective is promised: always, or on some days by the region's calendar. */
export type ObjectiveDays = 'always' | 'peak' | 'off-peak' | 'wedding-day' | 'peak-other-days' | 'off-peak-other-days';

/** A promise about the share of requests that go well. */
export interface Objective {
  /** The share that goes well, 0 to 1. */
  readonly target: number;
  readonly days: ObjectiveDays;
  /** Whether somebody is woken when it is broken fast. */
  readonly urgent: boolean;
  /** What is promised, as a person says it. */
  readonly promise: string;
}

/**
 * Seconds within which a request is answered, by kind of day: in 95 of 100 cases. The peak season's is what a whole season at three times the load
 * still holds; a wedding day's is tighter, in whatever season it lies.
 */
export const LATENCY_SECONDS = { 'off-peak-other-days': 0.2, 'wedding-day': 0.3, 'peak-other-days': 0.5 } as const;

/** The share of requests that the latencies are about. */
export const LATENCY_SHARE = 0.95;

/** The engine's promises: floors, which the product aims far past. */
export const OBJECTIVES = {
  availability: {
    target: 0.9995,
    days: 'off-peak',
    urgent: true,
    promise: 'Requests that are not the caller’s own mistake are answered, from November to March',
  },
  'availability-peak': {
    target: 0.9998,
    days: 'peak',
    urgent: true,
    promise: 'Requests that are not the caller’s own mistake are answered, from April to October',
  },
  latency: {
    target: LATENCY_SHARE,
    days: 'off-peak-other-days',
    urgent: true,
    promise: 'Answers come within 200 ms, outside of the peak season',
  },
  'latency-peak': {
    target: LATENCY_SHARE,
    days: 'peak-other-days',
    urgent: true,
    promise: 'Answers come within 500 ms, in the peak season',
  },
  'latency-wedding-day': {
    target: LATENCY_SHARE,
    days: 'wedding-day',
    urgent: true,
    promise: 'Answers come within 300 ms, on a wedding day',
  },
  'hit-rate': {
    target: 0.95,
    days: 'always',
    // A cold cache answers, only slower; it warms by itself.
    urgent: false,
    promise: 'Answers come from the cache',
  },
} as const satisfies Readonly<Record<string, Objective>>;

export type ObjectiveName = keyof typeof OBJECTIVES;
