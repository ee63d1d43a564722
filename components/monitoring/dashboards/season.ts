import { METRICS } from '@wedsync/cache-engine/contract';
import { errorRatioSeries, totalSeries } from '@wedsync/domain';
import { PEAK_SEASON } from '../calendar.ts';
import { WEDDING_DAY } from '../rules.ts';
import { A_WEEK_AGO, type DashboardFigures, of, ofAutoscaler, ofRedis, YES_NO } from './figures.ts';
import { type Dashboard, figure, layers, lines, plain, query, worseUpward } from './panel.ts';
import { weddingDay } from './promise.ts';

/** Everything that the cache was asked, as it is kept longest: one series. */
const demand = `${totalSeries('5m')}{slo="hit-rate"}`;
/** 1 on the days of a kind, else 0. */
const DAYS = { wedding: `(${WEDDING_DAY} > bool 0)`, other: `(1 - ${WEDDING_DAY})` } as const;
type DayKind = keyof typeof DAYS;
/** The demand on days of a kind, else 0. */
const demandOn = (days: DayKind) => `${demand} * on() ${DAYS[days]}`;
/** Requests a second on average over 30 days, on days of a kind. */
const meanOn = (days: DayKind) =>
  `sum_over_time((${demandOn(days)})[30d:1h]) / on() (sum_over_time(${DAYS[days]}[30d:1h]) > 0)`;

/** How demand follows the season, and whether what stands ready follows demand. */
export function seasonDashboard({ engine, redis }: DashboardFigures): Dashboard {
  const most = `max(kube_horizontalpodautoscaler_spec_max_replicas${ofAutoscaler(engine)})`;
  const fewest = `max(kube_horizontalpodautoscaler_spec_min_replicas${ofAutoscaler(engine)})`;
  const up = `sum(up${of(engine)})`;
  return {
    name: 'season',
    title: 'WedSync season',
    description: 'How demand follows the season and its Saturdays, and whether the engines and Redis have room for it.',
    back: '30d',
    rows: [
      {
        title: 'Is there room for what comes?',
        panels: [
          weddingDay,
          figure('Peak season', 'Is it April to October?', 'none', PEAK_SEASON, { thresholds: plain, words: YES_NO }),
          figure(
            'Engines, of the most',
            'How near are the engines to the most that the season allows? At the most, load is no longer followed.',
            'percentunit',
            `${up} / ${most}`,
            { thresholds: worseUpward(0.7, 0.9) },
          ),
          figure(
            'Most requests in 30 days',
            'What was the highest load of five minutes?',
            'reqps',
            `max_over_time(${demand}[30d])`,
            { thresholds: plain },
          ),
          figure(
            'On a wedding day',
            'How many requests come on average on wedding days of the last 30 days?',
            'reqps',
            meanOn('wedding'),
            { thresholds: plain },
          ),
          figure(
            'On another day',
            'How many come on the others? What Saturday is to them is what the engines’ floor is made for.',
            'reqps',
            meanOn('other'),
            { thresholds: plain },
          ),
        ],
      },
      {
        title: 'Demand',
        panels: [
          layers(
            'Requests by kind of day',
            'How much of the load is a wedding day’s?',
            'reqps',
            [query('wedding days', demandOn('wedding')), query('other days', demandOn('other'))],
            { width: 12 },
          ),
          lines(
            'Requests beside a week ago',
            'Does the season rise or fall? Saturday is held against Saturday.',
            'reqps',
            [query('now', demand), query('a week ago', `${demand} ${A_WEEK_AGO}`)],
            { width: 12 },
          ),
          lines(
            'Hit rate by day',
            'Does the cache keep up with what a season asks anew?',
            'percentunit',
            `1 - ${errorRatioSeries('1d')}{slo="hit-rate"}`,
            { range: { from: 0, to: 1 }, width: 12, alert: 'HitRateBudgetBurn' },
          ),
          lines(
            'Seasons and Saturdays',
            'When is the peak season, and when a wedding day?',
            'none',
            [query('peak season', PEAK_SEASON), query('wedding day', WEDDING_DAY)],
            { range: { from: 0, to: 1 }, width: 12 },
          ),
        ],
      },
      {
        title: 'What stands ready',
        panels: [
          lines(
            'Engines against their bounds',
            'Do the engines lie between the fewest and the most of the season, and how far from either?',
            'none',
            [
              query('up', up),
              query('wanted', `max(kube_horizontalpodautoscaler_status_desired_replicas${ofAutoscaler(engine)})`),
              query('fewest', fewest),
              query('most', most),
            ],
            { range: { from: 0 }, width: 12, alert: 'EngineDown' },
          ),
          lines(
            'Requests an engine',
            'How much does one engine answer? When it falls and engines rise, something else than load scales them.',
            'reqps',
            `sum(rate(${METRICS.answers}${of(engine)}[5m])) / ${up}`,
            { range: { from: 0 }, width: 12 },
          ),
          lines(
            'Memory of Redis in use, by cluster',
            'Does the season’s size of Redis fit what is asked? Full for weeks, the cache wants more.',
            'percentunit',
            [
              query(
                '{{job}}',
                `sum by (job) (redis_memory_used_bytes${ofRedis(redis)}) / sum by (job) (redis_memory_max_bytes${ofRedis(redis)})`,
              ),
            ],
            { range: { from: 0, to: 1 }, width: 12, alert: 'RedisCacheThrashing' },
          ),
          lines(
            'Keys in Redis, by cluster',
            'How much is kept, replicas not counted?',
            'none',
            [
              query(
                '{{job}}',
                `sum by (job) (redis_db_keys${ofRedis(redis)} and on(instance) redis_instance_info{role="master"})`,
              ),
            ],
            { range: { from: 0 }, width: 12 },
          ),
        ],
      },
    ],
  };
}
