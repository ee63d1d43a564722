import { METRICS } from '@wedsync/cache-engine/contract';
import { LATENCY_SECONDS, LATENCY_SHARE, OBJECTIVES } from '@wedsync/domain';
import {
  A_WEEK_AGO,
  answeredWithin,
  type DashboardFigures,
  each,
  of,
  ofAutoscaler,
  ofNamespaces,
  ofRedis,
  rate,
  rateBy,
  wellShare,
} from './figures.ts';
import { type Dashboard, figure, lines, query, worseDownward, worseUpward, wrongFrom } from './panel.ts';
import { answeredWell, leastBudget, ringing, weddingDay } from './promise.ts';

const WITHIN = LATENCY_SECONDS['wedding-day'];

/** For the hours in which nothing may go wrong, nor be changed. */
export function weddingDayDashboard({ engine, redis, namespaces }: DashboardFigures): Dashboard {
  const answers = METRICS.answers + of(engine);
  const cores = `process_cpu_seconds_total${of(engine)}`;
  return {
    name: 'wedding-day',
    title: 'WedSync wedding day',
    description:
      'Whether the day goes well, how it compares to the Saturday before, what room is left, and whether anybody changed anything.',
    back: '12h',
    rows: [
      {
        title: 'Does the day go well?',
        panels: [
          weddingDay,
          ringing,
          answeredWell,
          figure(
            `Answered within ${WITHIN * 1000} ms`,
            `Which share of the answers comes as soon as it is promised for a wedding day? ${LATENCY_SHARE * 100} % is promised.`,
            'percentunit',
            wellShare('latency-wedding-day'),
            {
              thresholds: worseDownward(OBJECTIVES['latency-wedding-day'].target, 0.9),
              alert: 'LatencyWeddingDayBudgetBurn',
            },
          ),
          leastBudget,
          figure(
            'Turned away',
            'Are requests turned away because too many wait for a model? What is about a wedding day is turned away last.',
            'reqps',
            rate(METRICS.shed + of(engine)),
            { thresholds: wrongFrom(0.01), alert: 'RequestsShed' },
          ),
        ],
      },
      {
        title: 'Is it a Saturday like the last?',
        panels: [
          lines(
            'Requests',
            'Do as many come as a week ago at this hour? Far fewer means that they do not reach the engines.',
            'reqps',
            [query('now', rate(answers)), query('a week ago', rate(answers, A_WEEK_AGO))],
            { alert: 'EngineAbsent' },
          ),
          lines(
            'Time to an answer',
            `Do 95 of 100 requests take as long as a week ago? ${WITHIN * 1000} ms is promised.`,
            's',
            [
              query('now', answeredWithin(LATENCY_SHARE, engine)),
              query('a week ago', answeredWithin(LATENCY_SHARE, engine, { when: A_WEEK_AGO })),
            ],
            { thresholds: wrongFrom(WITHIN), alert: 'LatencyWeddingDayBudgetBurn' },
          ),
          lines(
            'Errors',
            'Which errors do vendors get?',
            'reqps',
            [query('{{status}}', rateBy('status', METRICS.errors + of(engine)))],
            { alert: 'AvailabilityPeakBudgetBurn' },
          ),
        ],
      },
      {
        title: 'What room is left?',
        panels: [
          lines(
            'Engines',
            'How far are the engines from the most that the season allows? At the most, load is no longer followed.',
            'none',
            [
              query('up', `sum(up${of(engine)})`),
              query('fewest', `max(kube_horizontalpodautoscaler_spec_min_replicas${ofAutoscaler(engine)})`),
              query('most', `max(kube_horizontalpodautoscaler_spec_max_replicas${ofAutoscaler(engine)})`),
            ],
            { range: { from: 0 }, alert: 'EngineDown' },
          ),
          lines(
            'Cores in use by an engine',
            'How busy are the engines, the busiest and on average? One at a whole core makes its requests wait.',
            'none',
            [query('busiest', `max(${each(cores)})`), query('average', `avg(${each(cores)})`)],
            { range: { from: 0 }, thresholds: wrongFrom(0.9) },
          ),
          lines(
            'Memory of Redis in use',
            'How full is the fullest node of each cluster? The cache forgets what was not asked for long; the queue refuses writes.',
            'percentunit',
            [
              query(
                '{{job}}',
                `max by (job) (redis_memory_used_bytes${ofRedis(redis)} / redis_memory_max_bytes${ofRedis(redis)})`,
              ),
            ],
            { range: { from: 0, to: 1 }, thresholds: worseUpward(0.75, 0.85), alert: 'RedisQueueFull' },
          ),
        ],
      },
      {
        title: 'Did anything change?',
        panels: [
          figure(
            'Rollouts in 24 hours',
            'How many versions were rolled out since yesterday at this hour? On a wedding day there is none.',
            'none',
            `count(time() - kube_replicaset_created${ofNamespaces(namespaces)} < 86400) or vector(0)`,
            { thresholds: worseUpward(1, 2), alert: 'ChangeOnWeddingDay' },
          ),
          figure(
            'Engines begun anew',
            'How often did an engine begin anew in the last hour? Each time its memory was empty.',
            'none',
            `sum(changes(process_start_time_seconds${of(engine)}[1h]))`,
            { thresholds: wrongFrom(1), alert: 'EngineRestarted' },
          ),
          figure(
            'Replicas that took over',
            'Did a replica become master in the last hour, by cluster?',
            'none',
            [
              query(
                '{{job}}',
                `max by (job) (max_over_time(redis_cluster_current_epoch${ofRedis(redis)}[1h]) - min_over_time(redis_cluster_current_epoch${ofRedis(redis)}[1h]))`,
              ),
            ],
            { thresholds: wrongFrom(1), alert: 'RedisFailover', width: 8 },
          ),
          figure(
            'Circuit breakers open',
            'Has the engine stopped calling a model for a while, because its calls failed one after the other?',
            'none',
            `sum(max by (route) (${METRICS.breaker}${of(engine, 'state="open"')})) or vector(0)`,
            { thresholds: wrongFrom(1), alert: 'OriginBreakerOpen' },
          ),
        ],
      },
    ],
  };
}
