/** What the objectives are measured by. */
import { METRICS } from '@wedsync/cache-engine/contract';
import { LATENCY_SECONDS, type ObjectiveName } from '@wedsync/domain';

/** Requests that did not go well, and all of them, as PromQL of rates a second; `WINDOW` stands for the range. */
export interface Indicator {
  readonly bad: string;
  readonly total: string;
}

/** Stands for a range in an indicator. */
export const WINDOW = 'WINDOW';

const answered = `sum(rate(${METRICS.answers}[${WINDOW}]))`;
const failed = `sum(rate(${METRICS.errors}{status="5xx"}[${WINDOW}]))`;

/** Hits of the cache, whichever tier or wording gave them; what went past the cache was nobody's to hit. */
const cacheable = `sum(rate(${METRICS.answers}{source!="bypass"}[${WINDOW}]))`;
const missed = `sum(rate(${METRICS.answers}{source="miss"}[${WINDOW}]))`;

/** Answers that took longer than a bucket's bound. */
function slower(seconds: number): Indicator {
  const total = `sum(rate(${METRICS.duration}_count[${WINDOW}]))`;
  return { bad: `${total} - sum(rate(${METRICS.duration}_bucket{le="${seconds}"}[${WINDOW}]))`, total };
}

const availability: Indicator = { bad: failed, total: `${answered} + (${failed} or vector(0))` };

export const INDICATORS: Readonly<Record<ObjectiveName, Indicator>> = {
  availability,
  'availability-peak': availability,
  latency: slower(LATENCY_SECONDS['off-peak-other-days']),
  'latency-peak': slower(LATENCY_SECONDS['peak-other-days']),
  'latency-wedding-day': slower(LATENCY_SECONDS['wedding-day']),
  'hit-rate': { bad: missed, total: cacheable },
};
