import { median } from 'simple-statistics';
import { type Day, yearsBetween } from '../calendar/day.ts';
import { FEATURE_COUNT, featuresOf } from './features.ts';
import { leastSquares } from './least-squares.ts';
import { type Series, spanOf } from './series.ts';

/** What of the model is chosen by trying it on years before those on which it is judged. */
export interface Tuning {
  /** Years after which a day counts half. */
  readonly halfLifeYears: number;
  /** What is left of the trend after each further year of forecast, 0 to 1: 1 lets it go on, 0 stops it at once. */
  readonly trendKept: number;
  /** The share by which the forecast follows the level of the last weeks where that is off the fitted one, 0 to 1. */
  readonly levelFollowed: number;
}

/** A model that has seen a series up to a day. */
export interface Fitted {
  /** The last day that was seen. */
  readonly last: Day;
  readonly coefficients: Float64Array;
  /** How far the last weeks lie above the fit (logarithm). */
  readonly levelAbove: number;
}

const INTERCEPT_AND_TREND = 2;
const SIZE = INTERCEPT_AND_TREND + FEATURE_COUNT;
/** Keeps what few days tell (holidays, waves) near 0; small against what a hundred days tell. */
const RIDGE = 1e-3;
/** The weeks whose level is compared to the fit. */
const LEVEL_DAYS = 56;
/** A day on which next to nothing was counted counts as this share of an ordinary one, since 0 has no logarithm. */
const LEAST_SHARE = 0.01;

/**
 * Fits log(figure) = level + trend × years + weekday + waves of the year + Saturday's and Friday's own waves + holidays, by weighted ridge regression in
 * which older days count less.
 *
 * @throws RangeError where the series is empty or nothing was ever counted.
 */
export function fit(series: Series, halfLifeYears: number): Fitted {
  const { last } = spanOf(series);
  const counted = [...series.values.values()].filter((value) => value > 0);
  if (counted.length === 0) throw new RangeError(`Nothing was counted in ${series.name}.`);
  const least = median(counted) * LEAST_SHARE;
  const days = [...series.values].map(([day, value]) => {
    const years = yearsBetween(last, day);
    return {
      day,
      features: withTrend(day, years),
      value: Math.log(Math.max(value, least)),
      weight: 0.5 ** (-years / halfLifeYears),
    };
  });
  const coefficients = leastSquares(days, SIZE, RIDGE, INTERCEPT_AND_TREND);
  const recent = days.filter(({ day }) => day > last - LEVEL_DAYS);
  const levelAbove = median(recent.map(({ features, value }) => value - product(coefficients, features)));
  return { last, coefficients, levelAbove };
}

/** What is to be expected on a day after the last one that was seen: the middle of what may come, never below 0. */
export function predict(
  { last, coefficients, levelAbove }: Fitted,
  day: Day,
  { trendKept, levelFollowed }: Tuning,
): number {
  const years = dampedYears(yearsBetween(last, day), trendKept);
  return Math.exp(product(coefficients, withTrend(day, years)) + levelFollowed * levelAbove);
}

/** The growth of a year's figures that the fit sees, as a share. */
export function growthOf({ coefficients }: Fitted): number {
  return Math.exp(coefficients[1] as number) - 1;
}

/** Years of trend that are left of `years`, when each keeps the share `kept` of the one before: ∫ keptᵗ dt. */
export function dampedYears(years: number, kept: number): number {
  if (kept >= 1) return years;
  return kept <= 0 ? 0 : (kept ** years - 1) / Math.log(kept);
}

function withTrend(day: Day, years: number): Float64Array {
  const features = new Float64Array(SIZE);
  features[0] = 1;
  features[1] = years;
  features.set(featuresOf(day), INTERCEPT_AND_TREND);
  return features;
}

function product(coefficients: Float64Array, features: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < coefficients.length; index++)
    sum += (coefficients[index] as number) * (features[index] as number);
  return sum;
}
