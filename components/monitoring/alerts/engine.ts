import { METRICS } from '@wedsync/cache-engine/contract';
import type { Place } from '../../shared/service-names.ts';
import { type Alert, tighterOnWeddingDays } from '../rules.ts';

/** How the engine is, and whether what it answers is right. */
export function engineAlerts({ name: job }: Place): Alert[] {
  const of = `{job="${job}"}`;
  return [
    {
      name: 'EngineAbsent',
      expr: `absent(up${of} == 1)`,
      for: '1m',
      severity: 'page',
      summary: 'No cache engine answers',
      description: 'Vendors get no answer at all, from the cache or from a model.',
    },
    ...tighterOnWeddingDays(
      {
        name: 'EngineDown',
        expr: `up${of} == 0`,
        for: '5m',
        severity: 'ticket',
        summary: 'The cache engine {{ $labels.pod }} does not answer',
        description: 'The others serve its share. Kubernetes starts it anew when its probes fail as well.',
      },
      { for: '1m', severity: 'page' },
    ),
    {
      name: 'EngineRestarted',
      expr: `changes(process_start_time_seconds${of}[5m]) > 0`,
      severity: 'ticket',
      summary: 'The cache engine {{ $labels.pod }} began anew',
      description:
        'It ended without being asked to: a crash, memory, or a probe. Its hot tier is empty; requests that it had were cut off.',
    },
    ...tighterOnWeddingDays(
      {
        name: 'WarmTierDown',
        expr: `min by (job) (${METRICS.warmUp}${of}) == 0`,
        for: '5m',
        severity: 'ticket',
        summary: 'A cache engine does not reach its Redis Cluster',
        description: 'It answers from its own memory and from the models, which is slower and costs more.',
      },
      { for: '1m', severity: 'page' },
    ),
    {
      name: 'FalseHits',
      expr: `${METRICS.falseHits}{job="${job}",bound="low"} > on(instance) ${METRICS.falseHitObjective}${of}`,
      severity: 'page',
      summary: 'More wrong answers from the cache than are allowed',
      description:
        'With 95 % certainty the share of wrong hits by another wording is above its objective. A wrong answer costs more than a miss.',
    },
    {
      name: 'UnreadableRecords',
      expr: `sum by (job) (increase(${METRICS.unreadable}${of}[15m])) > 0`,
      severity: 'ticket',
      summary: 'Records of the cache cannot be opened',
      description:
        'They are answered as misses. A key is missing that they were sealed under, or somebody changed them.',
    },
  ];
}

/** How the models are behind the engine. */
export function originAlerts({ name: job }: Place): Alert[] {
  const calls = (outcome: string) => `sum by (job) (rate(${METRICS.originCalls}{job="${job}"${outcome}}[2m]))`;
  return [
    ...tighterOnWeddingDays(
      {
        name: 'OriginFailing',
        expr: `${calls(',outcome!="ok"')} / (${calls('')} > 0) > 0.5`,
        for: '5m',
        severity: 'ticket',
        summary: 'Most calls to a model fail',
        description: 'What the cache holds is answered, past its time if need be; new questions are not.',
      },
      { for: '1m', severity: 'page' },
    ),
    ...tighterOnWeddingDays(
      {
        name: 'OriginBreakerOpen',
        expr: `max by (job, route) (${METRICS.breaker}{job="${job}",state="open"}) == 1`,
        for: '5m',
        severity: 'ticket',
        summary: 'The engine has stopped calling the model of {{ $labels.route }} for a while',
        description: 'Its calls failed one after the other. It is tried again every few seconds.',
      },
      { for: '30s', severity: 'page' },
    ),
    ...tighterOnWeddingDays(
      {
        name: 'RequestsShed',
        expr: `sum by (job, priority) (rate(${METRICS.shed}{job="${job}"}[5m])) > 0`,
        for: '5m',
        severity: 'ticket',
        summary: 'Requests of priority {{ $labels.priority }} are turned away',
        description: 'More wait for a model than may wait. What is not about a wedding day goes first.',
      },
      { for: '1m', severity: 'page' },
    ),
  ];
}
