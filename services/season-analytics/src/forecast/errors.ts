/** What was forecast for a day, and what came. */
export interface Pair {
  readonly forecast: number;
  readonly actual: number;
}

/** How far forecasts were off. */
export interface Errors {
  /** Mean absolute error, in the unit of the series. */
  readonly mae: number;
  /** Root of the mean squared error, in the unit of the series. */
  readonly rmse: number;
  /** MAE ÷ that of the seasonal naive forecast a year ahead within the training years (Hyndman & Koehler 2006); below 1 is better than that. */
  readonly mase: number;
  /** Mean of 2 × |error| ÷ (|forecast| + |actual|), as a share, 0 to 2. */
  readonly smape: number;
}

/**
 * @param naiveMae the mean absolute error of the seasonal naive forecast within the training years
 * @throws RangeError without a pair.
 */
export function errorsOf(pairs: readonly Pair[], naiveMae: number): Errors {
  if (pairs.length === 0) throw new RangeError('There is no error of no forecast.');
  const mean = (of: (pair: Pair) => number) => pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  const mae = mean(({ forecast, actual }) => Math.abs(forecast - actual));
  return {
    mae,
    rmse: Math.sqrt(mean(({ forecast, actual }) => (forecast - actual) ** 2)),
    mase: mae / naiveMae,
    smape: mean(({ forecast, actual }) => {
      const size = Math.abs(forecast) + Math.abs(actual);
      return size === 0 ? 0 : (2 * Math.abs(forecast - actual)) / size;
    }),
  };
}
