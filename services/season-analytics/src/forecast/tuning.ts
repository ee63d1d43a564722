import type { Day } from '../calendar/day.ts';
import { AnalyticsError } from '../analytics-error.ts';
import { EmpiricalIntervals, type Residual } from './intervals.ts';
import { predict, type Tuning } from './log-linear.ts';
import { ahead, firstOrigin, fitAt, LEAST_TRAINING_DAYS, origins } from './rolling.ts';
import { part, type Series, spanOf } from './series.ts';

/** What is tried: every one with every other. */
const HALF_LIVES = [0.75, 1.5, 4];
const TRENDS_KEPT = [0, 0.3, 1];
const LEVELS_FOLLOWED = [0, 0.5, 1];

const DAYS_A_YEAR = 365;
/** Years at the end of the series on which is tried. */
const TRIAL_DAYS = 3 * DAYS_A_YEAR;
const TUNING_STEP = 91;
const TUNING_HORIZON = 366;
const RESIDUAL_STEP = 28;
/** As far as a forecast goes: 18 months. */
export const LONGEST_HORIZON = 549;

/** A series of which a forecast can say how wrong it may be has so many days. */
export const LEAST_DAYS = LEAST_TRAINING_DAYS + DAYS_A_YEAR;

/** How the model is best set for a series, and what it was then off by. */
export interface Tuned {
  readonly tuning: Tuning;
  readonly intervals: EmpiricalIntervals;
  /** The last days that the trials had seen. */
  readonly trials: { readonly first: Day; readonly last: Day };
}

/**
 * Tries the model on the last years of a series, from origins that see nothing of what comes after them: the setting with the least mean absolute error up
 * to a year ahead, and the residuals of that one as intervals.
 *
 * @throws AnalyticsError for a series that is too short.
 */
export function tune(series: Series): Tuned {
  const { first, last } = spanOf(series);
  if (last - first + 1 < LEAST_DAYS)
    throw new AnalyticsError(
      `There are ${last - first + 1} days of ${series.name}. A forecast that says how wrong it may be needs ${LEAST_DAYS}: two years to fit, and one to try it on.`,
    );
  const from = Math.max(firstOrigin(series), last - TRIAL_DAYS);
  const tuning = best(series, from, last);
  const residuals = origins(from, last, RESIDUAL_STEP).flatMap((origin) => residualsOf(series, origin, last, tuning));
  return { tuning, intervals: new EmpiricalIntervals(residuals), trials: { first: from, last } };
}

function best(series: Series, from: Day, last: Day): Tuning {
  const trials = HALF_LIVES.flatMap((halfLifeYears) =>
    TRENDS_KEPT.flatMap((trendKept) =>
      LEVELS_FOLLOWED.map((levelFollowed) => ({ tuning: { halfLifeYears, trendKept, levelFollowed }, error: 0 })),
    ),
  );
  for (const origin of origins(from, last, TUNING_STEP)) {
    const days = ahead(series, origin, TUNING_HORIZON, last);
    const seen = part(series, -Infinity, origin);
    const fits = new Map(HALF_LIVES.map((halfLife) => [halfLife, fitAt(seen, origin, halfLife)]));
    for (const trial of trials) {
      const fitted = fits.get(trial.tuning.halfLifeYears);
      if (fitted === undefined) continue;
      for (const { day, actual } of days) trial.error += Math.abs(predict(fitted, day, trial.tuning) - actual);
    }
  }
  return trials.reduce((one, other) => (other.error < one.error ? other : one)).tuning;
}

function residualsOf(series: Series, origin: Day, last: Day, tuning: Tuning): Residual[] {
  const fitted = fitAt(series, origin, tuning.halfLifeYears);
  return ahead(series, origin, LONGEST_HORIZON, last)
    .filter(({ actual }) => actual > 0)
    .map(({ day, daysAhead, actual }) => ({
      day,
      daysAhead,
      logRatio: Math.log(actual / predict(fitted, day, tuning)),
    }));
}
