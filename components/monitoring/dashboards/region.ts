import { METRICS } from '@wedsync/cache-engine/contract';
import { PEAK_SEASON } from '../calendar.ts';
import {
  answeredWithin,
  type DashboardFigures,
  of,
  ofAutoscaler,
  ofNamespaces,
  ofRedis,
  rateBy,
  YES_NO,
} from './figures.ts';
import { type Dashboard, figure, layers, lines, plain, query, worseDownward, worseUpward } from './panel.ts';
import { answeredWell, hitRate, leastBudget, ringing, weddingDay } from './promise.ts';
import { reachingRedis } from './causes.ts';

const DAY_SECONDS = 86_400;

/** Where whoever is called looks first. */
export function regionDashboard({ engine, redis, namespaces }: DashboardFigures): Dashboard {
  return {
    name: 'region',
    title: 'WedSync region',
    description: 'Whether the region keeps its promises, what vendors feel, and which part may be the cause.',
    back: '6h',
    rows: [
      {
        title: 'Is the promise kept?',
        panels: [ringing, leastBudget, answeredWell, hitRate, weddingDay, peakSeason],
      },
      {
        title: 'What vendors feel',
        panels: [
          layers(
            'Answers by source',
            'Do requests come, and what answers them? Few at an hour with many before means that they do not reach the engines.',
            'reqps',
            [query('{{source}}', rateBy('source', METRICS.answers + of(engine)))],
            { alert: 'EngineAbsent' },
          ),
          lines(
            'Errors by route',
            'Which requests end with an error? 5xx is the region’s, 4xx the caller’s: a wrong key, a malformed request.',
            'reqps',
            [query('{{route}} {{status}}', rateBy('route, status', METRICS.errors + of(engine)))],
            { alert: 'AvailabilityBudgetBurn' },
          ),
          lines(
            'Time to an answer',
            'How long do half, 95 and 99 of 100 requests take? The promise is about 95.',
            's',
            [0.5, 0.95, 0.99].map((share) => query(`${share * 100} of 100`, answeredWithin(share, engine))),
            { alert: 'LatencyPeakBudgetBurn' },
          ),
        ],
      },
      {
        title: 'Where may it come from?',
        panels: [
          lines(
            'Engines',
            'Are as many engines up as the autoscaler wants, and has it room to add some?',
            'none',
            [
              query('up', `sum(up${of(engine)})`),
              query('wanted', `max(kube_horizontalpodautoscaler_status_desired_replicas${ofAutoscaler(engine)})`),
              query('most', `max(kube_horizontalpodautoscaler_spec_max_replicas${ofAutoscaler(engine)})`),
            ],
            { alert: 'EngineDown', range: { from: 0 } },
          ),
          lines(
            'Redis nodes up',
            'Does every node of both clusters answer? One less is a shard without replica.',
            'none',
            [query('{{job}}', `sum by (job) (redis_up${ofRedis(redis)})`)],
            { alert: 'RedisNodeDown', range: { from: 0 } },
          ),
          lines(
            'Calls to models by outcome',
            'Do the models answer? What the cache holds is answered all the same.',
            'reqps',
            [query('{{outcome}}', rateBy('outcome', METRICS.originCalls + of(engine)))],
            { alert: 'OriginFailing' },
          ),
          reachingRedis(engine),
          figure(
            'Slots that fail',
            'How many of the 16,384 slots have no master? It should be none.',
            'none',
            [query('{{job}}', `max by (job) (redis_cluster_slots_fail${ofRedis(redis)})`)],
            { thresholds: worseUpward(1, 1), alert: 'RedisClusterDown', width: 8 },
          ),
          figure(
            'First certificate to end',
            'When does a certificate end? Each is renewed long before.',
            's',
            `min(certmanager_certificate_expiration_timestamp_seconds${ofNamespaces(namespaces)} - time())`,
            { thresholds: worseDownward(14 * DAY_SECONDS, DAY_SECONDS), alert: 'CertificateExpires' },
          ),
          figure(
            'Fullest volume',
            'How full is the fullest volume? Redis refuses writes when its append-only file finds no room.',
            'percentunit',
            `max(1 - kubelet_volume_stats_available_bytes${ofNamespaces(namespaces)} / kubelet_volume_stats_capacity_bytes${ofNamespaces(namespaces)})`,
            { thresholds: worseUpward(0.75, 0.85), alert: 'VolumeFills' },
          ),
          figure(
            'Failed jobs',
            'Has a job of the region failed? A Redis Cluster may not be whole.',
            'none',
            `sum(kube_job_status_failed${ofNamespaces(namespaces)})`,
            { thresholds: worseUpward(1, 1), alert: 'JobFailed' },
          ),
        ],
      },
    ],
  };
}

const peakSeason = figure(
  'Peak season',
  'Is it April to October? Then more is promised, and more engines stand ready.',
  'none',
  PEAK_SEASON,
  { thresholds: plain, words: YES_NO },
);
