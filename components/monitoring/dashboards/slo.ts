import {
  BUDGET_LEFT_SERIES,
  errorRatioSeries,
  OBJECTIVE_SERIES,
  OBJECTIVE_WINDOW_DAYS,
  PROMISED_SERIES,
  totalSeries,
} from '@wedsync/domain';
import { BURN_WINDOWS } from '../slo/burn-rates.ts';
import { YES_NO } from './figures.ts';
import { type Dashboard, figure, lines, type Panel, plain, query, worseDownward, wrongFrom } from './panel.ts';
import { leastBudget, ringing, weddingDay } from './promise.ts';

const WINDOW = `${OBJECTIVE_WINDOW_DAYS}d` as const;
const byObjective = (expr: string) => [query('{{slo}}', expr)];
/** What may go wrong. */
const budget = `on(slo) (1 - ${OBJECTIVE_SERIES})`;

/** What was promised, how much of it is left, and how fast it goes. */
export function objectivesDashboard(): Dashboard {
  return {
    name: 'slo',
    title: 'WedSync objectives',
    description: `What is promised to vendors over ${OBJECTIVE_WINDOW_DAYS} days, how much of each error budget is left, and how fast it burns.`,
    back: '7d',
    rows: [
      {
        title: 'Is the promise kept?',
        panels: [
          leastBudget,
          ringing,
          weddingDay,
          figure(
            `Budget left of ${OBJECTIVE_WINDOW_DAYS} days`,
            'How much may still go wrong? Below 0 the promise is broken: nothing is risked until it is back, and the report says why.',
            'percentunit',
            byObjective(BUDGET_LEFT_SERIES),
            { thresholds: worseDownward(0.25, 0), width: 12 },
          ),
        ],
      },
      {
        title: 'How fast does it go?',
        panels: BURN_WINDOWS.map(burning),
      },
      {
        title: 'Over time',
        panels: [
          lines(
            'Budget left',
            'Which hours cost how much? A step is one fault, a slope is a lasting one.',
            'percentunit',
            byObjective(BUDGET_LEFT_SERIES),
            { thresholds: worseDownward(0.25, 0), width: 12 },
          ),
          lines(
            'Went wrong, in an hour',
            'Which share of the requests went wrong, by promise?',
            'percentunit',
            byObjective(errorRatioSeries('1h')),
            { range: { from: 0 }, width: 12 },
          ),
        ],
      },
      {
        title: 'What is promised',
        panels: [
          figure('Objectives', 'Which share goes well, by promise?', 'percentunit', byObjective(OBJECTIVE_SERIES), {
            thresholds: plain,
            decimals: 2,
            width: 8,
          }),
          figure(
            'Holds now',
            'Which promises are about today, by season and kind of day? Requests count for those alone.',
            'none',
            byObjective(PROMISED_SERIES),
            { thresholds: plain, words: YES_NO, width: 8 },
          ),
          figure(
            `Went wrong, in ${OBJECTIVE_WINDOW_DAYS} days`,
            'Which share of the requests went wrong, of those that were promised?',
            'percentunit',
            byObjective(errorRatioSeries(WINDOW)),
            { thresholds: plain, decimals: 3, width: 8 },
          ),
          lines(
            'Requests that count',
            'How many requests is each promise measured by? With few, one fault weighs much.',
            'reqps',
            byObjective(totalSeries('1h')),
            { range: { from: 0 }, width: 24 },
          ),
        ],
      },
    ],
  };
}

/** How many times as fast as it may the budget burns, in both windows of an alert. */
function burning({ long, short, factor, severity }: (typeof BURN_WINDOWS)[number]): Panel {
  return lines(
    `Burn rate, ${long} and ${short}`,
    `How many times too fast do budgets burn? From ${factor} on in both windows ${severity === 'page' ? 'a phone rings' : 'the channel is told'}.`,
    'none',
    [long, short].map((range) => query(`{{slo}} (${range})`, `${errorRatioSeries(range)} / ${budget}`)),
    { thresholds: wrongFrom(factor), range: { from: 0 }, width: 12 },
  );
}
