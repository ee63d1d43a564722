/** Panels that say whether the region keeps its promises, as more than one dashboard begins with. */
import { BUDGET_LEFT_SERIES, FALSE_HIT_OBJECTIVE, OBJECTIVES, PROMISED_SERIES } from '@wedsync/domain';
import { METRICS } from '@wedsync/cache-engine/contract';
import type { Place } from '../../shared/service-names.ts';
import { WEDDING_DAY } from '../rules.ts';
import { of, RINGING, wellShare, YES_NO } from './figures.ts';
import { figure, type Panel, plain, worseDownward, wrongFrom } from './panel.ts';

export const weddingDay: Panel = figure(
  'Wedding day',
  'Is today a Saturday or a day that the bookings mark as busy? Then nothing is changed, and alerts are quicker.',
  'none',
  WEDDING_DAY,
  { thresholds: plain, words: YES_NO },
);

export const ringing: Panel = figure(
  'Pages now',
  'How many alerts ring a phone now? Alertmanager says which, and who has silenced them.',
  'none',
  RINGING,
  { thresholds: wrongFrom(1) },
);

export const leastBudget: Panel = figure(
  'Least budget left',
  'How much of its error budget has the promise left that is worst off, of those that hold today? Below 0 it is broken.',
  'percentunit',
  `min(${BUDGET_LEFT_SERIES} and on(slo) (${PROMISED_SERIES} == 1))`,
  { thresholds: worseDownward(0.25, 0) },
);

const { target: answered } = OBJECTIVES['availability-peak'];

export const answeredWell: Panel = figure(
  'Answered',
  'Which share of the requests that are not the caller’s own mistake is answered?',
  'percentunit',
  wellShare('availability'),
  { thresholds: worseDownward(answered, OBJECTIVES.availability.target), decimals: 3, alert: 'AvailabilityBudgetBurn' },
);

export const hitRate: Panel = figure(
  'Hit rate',
  'Which share of the answers comes from the cache? An engine or a Redis Cluster that has just begun is cold for a while.',
  'percentunit',
  wellShare('hit-rate'),
  { thresholds: worseDownward(OBJECTIVES['hit-rate'].target, 0.8), alert: 'HitRateBudgetBurn' },
);

/** Held against its objective as the alert is: by the lower end of the interval, since the upper one is all there is of few samples. */
export function falseHits(engine: Place): Panel {
  return figure(
    'Wrong hits, at least',
    'Which share of the hits by another wording is wrong, with 95 % certainty? None while few were judged again: see the whole interval below.',
    'percentunit',
    `max(${METRICS.falseHits}${of(engine, 'bound="low"')})`,
    { thresholds: wrongFrom(FALSE_HIT_OBJECTIVE), decimals: 2, alert: 'FalseHits' },
  );
}
