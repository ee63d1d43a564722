import { EXPORTER_SCRAPE_SECONDS } from '../../redis/exporter.ts';
import type { Place } from '../../shared/service-names.ts';
import { type Alert, tighterOnWeddingDays } from '../rules.ts';

/** How the Redis Clusters are, as their exporters say. `queue` is the one that must not lose a write. */
export function redisAlerts(clusters: { readonly cache: Place; readonly queue: Place }): Alert[] {
  const { cache, queue } = clusters;
  const both = `{job=~"${cache.name}|${queue.name}"}`;
  const only = ({ name }: Place) => `{job="${name}"}`;
  return [
    {
      name: 'RedisClusterDown',
      expr: `max by (job) (redis_cluster_slots_fail${both}) > 0 or min by (job) (redis_cluster_state${both}) == 0`,
      // A failover that one look happens to see is over at the next.
      for: `${EXPORTER_SCRAPE_SECONDS}s`,
      severity: 'page',
      summary: 'The Redis Cluster {{ $labels.job }} does not serve all of its slots',
      description:
        'A master is gone and its replica has not taken over. Answers of these slots come from the models; writes of the queue wait.',
    },
    ...tighterOnWeddingDays(
      {
        name: 'RedisNodeDown',
        expr: `redis_up${both} == 0 or up${both} == 0`,
        for: '2m',
        severity: 'ticket',
        summary: 'The Redis node {{ $labels.pod }} does not answer',
        description: 'The other node of its shard serves. Until it is back, one more loss takes the shard away.',
      },
      { for: '30s', severity: 'page' },
    ),
    ...tighterOnWeddingDays(
      {
        name: 'RedisFailover',
        expr: `max by (job) (max_over_time(redis_cluster_current_epoch${both}[5m])) > min by (job) (min_over_time(redis_cluster_current_epoch${both}[5m]))`,
        severity: 'ticket',
        summary: 'A replica of {{ $labels.job }} has become master',
        description:
          'Either a master was lost, or an update handed its role over. Writes of the last moments may be gone from the cache, not from the queue.',
      },
      { severity: 'page' },
    ),
    ...tighterOnWeddingDays(
      {
        name: 'RedisShardWithoutReplica',
        expr: `redis_connected_slaves${both} < 1 and on(job, instance) redis_instance_info{role="master"}`,
        for: '5m',
        severity: 'ticket',
        summary: 'The master {{ $labels.pod }} has no replica',
        description:
          'Its loss would take the shard away; a shard of the queue refuses writes until a replica is there.',
      },
      { for: '2m', severity: 'page' },
    ),
    {
      name: 'RedisReplicationLag',
      expr: `redis_connected_slave_lag_seconds${both} > 10`,
      for: '2m',
      severity: 'ticket',
      summary: 'A replica of {{ $labels.pod }} is {{ $value | humanizeDuration }} behind',
      description: 'What it has not heard of is lost if the master is.',
    },
    {
      name: 'RedisQueueFull',
      expr: `redis_memory_used_bytes${only(queue)} / redis_memory_max_bytes${only(queue)} > 0.85`,
      for: '2m',
      severity: 'page',
      summary: 'The queue’s node {{ $labels.pod }} is {{ $value | humanizePercentage }} full',
      description: 'It evicts nothing: when it is full it refuses writes.',
    },
    {
      name: 'RedisCacheThrashing',
      expr: `sum by (job) (rate(redis_evicted_keys_total${only(cache)}[15m])) > sum by (job) (rate(redis_keyspace_hits_total${only(cache)}[15m]))`,
      for: '30m',
      severity: 'ticket',
      summary: 'The cache evicts more answers than it gives',
      description: 'Its memory is too small for what vendors ask. More shards or memory bring the hit rate back.',
    },
    {
      name: 'RedisPersistenceFailing',
      expr: `redis_aof_last_write_status${both} == 0 or redis_aof_last_bgrewrite_status${both} == 0`,
      for: '1m',
      severity: 'page',
      summary: 'The Redis node {{ $labels.pod }} cannot write its append-only file',
      description: 'Its disk is full or broken. It refuses writes, and what it holds would not survive a restart.',
    },
    {
      name: 'RedisExporterBlind',
      expr: `redis_exporter_last_scrape_error${both} == 1`,
      for: '5m',
      severity: 'ticket',
      summary: 'The exporter of {{ $labels.pod }} cannot read its node',
      description: 'Nothing else of this page knows how that node is.',
    },
  ];
}
