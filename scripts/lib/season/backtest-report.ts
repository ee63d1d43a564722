import { type Backtest, BLOCK_DAYS, type Comparison, type Estimate } from '@wedsync/season-analytics';
import { tableOf } from '../../../bench/lib/table.ts';
import { count, percent, within } from './words.ts';

/** How the model and the seasonal naive forecast did on held-back days. */
export function describeBacktest({ series, heldBack, tuning, origins, whole, byHorizon }: Backtest): string {
  const rows = [whole, ...byHorizon].flatMap((comparison, index) => [
    line(index === 0 ? 'all' : horizonOf(comparison), 'model', comparison),
    line('', 'seasonal naive', comparison),
  ]);
  const coverage = [whole, ...byHorizon].map((comparison, index) => [
    index === 0 ? 'all' : horizonOf(comparison),
    difference(comparison.difference),
    share(comparison.coverage[0.8]),
    share(comparison.coverage[0.95]),
  ]);
  return [
    `Backtest of ${series}`,
    `Held back: ${heldBack.first} to ${heldBack.last}, forecast from ${origins} origins four weeks apart. Chosen on the days before: half-life ${tuning.halfLifeYears} years, ` +
      `trend kept ${percent(tuning.trendKept, 0)}, level followed ${percent(tuning.levelFollowed, 0)}.`,
    '',
    tableOf(['days ahead', 'forecast', 'MAE', 'RMSE', 'MASE', 'sMAPE'], rows),
    '',
    tableOf(['days ahead', 'MAE less the naive one’s', 'in the 80 % interval', 'in the 95 % interval'], coverage),
    '',
    verdict([whole, ...byHorizon]),
    `[…] are 95 % intervals of a bootstrap by blocks of ${BLOCK_DAYS} days, seed ${whole.difference.seed}.`,
  ].join('\n');
}

function verdict(comparisons: readonly Comparison[]): string {
  const lost = comparisons
    .filter(({ beatsNaive }) => !beatsNaive)
    .map((comparison, index) =>
      comparison === comparisons[0] && index === 0 ? 'over all' : `${horizonOf(comparison)} days ahead`,
    );
  return lost.length === 0
    ? 'The model beats the seasonal naive forecast at every horizon.'
    : `The model does not surely beat the seasonal naive forecast ${lost.join(', ')}: the interval of the difference holds 0, or lies above it.`;
}

function horizonOf({ horizon: { from, to } }: Comparison): string {
  return `${from}–${to}`;
}

function line(horizon: string, name: 'model' | 'seasonal naive', comparison: Comparison): string[] {
  const { mae, rmse, mase, smape } = name === 'model' ? comparison.model : comparison.naive;
  return [horizon, name, count(mae), count(rmse), mase.toFixed(2), percent(smape)];
}

function difference({ mean, low, high }: Estimate): string {
  return within(count(mean), count(low), count(high));
}

function share({ mean, low, high }: Estimate): string {
  return within(percent(mean), percent(low), percent(high));
}
