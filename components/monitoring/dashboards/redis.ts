import { type DashboardFigures, each, ofNamespaces, ofRedis, YES_NO } from './figures.ts';
import {
  type Dashboard,
  figure,
  lines,
  type Panel,
  query,
  type Unit,
  worseDownward,
  worseUpward,
  wrongFrom,
} from './panel.ts';

/** How the two clusters are: the one that may forget, and the one that may not. */
export function redisDashboard({ redis, namespaces }: DashboardFigures): Dashboard {
  const both = ofRedis(redis);
  const ofMasters = `* on(job, instance) group_left() redis_instance_info{job=~"${redis.cache.name}|${redis.queue.name}",role="master"}`;
  const byCluster = (expr: string) => [query('{{job}}', expr)];
  /** A counter of each node. */
  const nodes = (title: string, question: string, unit: Unit, series: string, detail: Partial<Panel> = {}) =>
    lines(title, question, unit, [query('{{pod}}', each(series + both))], detail);
  const sinceSuccess = (title: string, question: string, which: string, alert: string) =>
    lines(
      title,
      question,
      's',
      [
        query(
          '{{cronjob}}',
          `time() - max by (cronjob) (kube_cronjob_status_last_successful_time${ofNamespaces(namespaces, which)})`,
        ),
      ],
      { range: { from: 0 }, alert },
    );
  return {
    name: 'redis',
    title: 'WedSync Redis',
    description:
      'Whether both clusters serve all their slots, have a replica for each master, keep what they hold, and have room.',
    back: '6h',
    rows: [
      {
        title: 'Is everything there, and twice?',
        panels: [
          figure(
            'Serves all slots',
            'Does the cluster answer for each of its 16,384 slots?',
            'none',
            byCluster(`min by (job) (redis_cluster_state${both})`),
            { thresholds: worseDownward(1, 1), words: YES_NO, alert: 'RedisClusterDown', width: 6 },
          ),
          figure('Nodes up', 'Does every node answer?', 'none', byCluster(`sum by (job) (redis_up${both})`), {
            alert: 'RedisNodeDown',
            width: 6,
          }),
          figure(
            'Masters without replica',
            'Which loss would take a shard away? The queue refuses writes of such a shard.',
            'none',
            byCluster(`sum by (job) ((redis_connected_slaves${both} ${ofMasters}) < bool 1)`),
            { thresholds: wrongFrom(1), alert: 'RedisShardWithoutReplica', width: 6 },
          ),
          figure(
            'Failover epoch',
            'How often has a replica become master? It rises by each time, wherever it began.',
            'none',
            byCluster(`max by (job) (redis_cluster_current_epoch${both})`),
            { alert: 'RedisFailover', width: 6 },
          ),
        ],
      },
      {
        title: 'Replicas',
        panels: [
          lines(
            'Replicas behind their masters',
            'How many seconds ago did a replica last confirm? What it has not heard of is lost if its master is.',
            's',
            [query('{{pod}}', `max by (pod) (redis_connected_slave_lag_seconds${both})`)],
            { range: { from: 0 }, thresholds: wrongFrom(10), alert: 'RedisReplicationLag' },
          ),
          lines(
            'Replicas linked to their masters',
            'Which replica has lost its master?',
            'none',
            [query('{{pod}}', `redis_master_link_up${both}`)],
            { range: { from: 0, to: 1 }, alert: 'RedisShardWithoutReplica' },
          ),
          lines(
            'Failover epoch',
            'When did a replica become master?',
            'none',
            byCluster(`max by (job) (redis_cluster_current_epoch${both})`),
            { alert: 'RedisFailover' },
          ),
        ],
      },
      {
        title: 'Room',
        panels: [
          lines(
            'Memory in use',
            'How full is each node? The cache evicts at 100 %; the queue refuses writes.',
            'percentunit',
            [query('{{pod}}', `redis_memory_used_bytes${both} / redis_memory_max_bytes${both}`)],
            { range: { from: 0, to: 1 }, thresholds: worseUpward(0.75, 0.85), alert: 'RedisQueueFull' },
          ),
          nodes(
            'Evictions',
            'Which nodes push out answers to make room? The queue’s never do.',
            'ops',
            'redis_evicted_keys_total',
            { alert: 'RedisCacheThrashing' },
          ),
          lines(
            'Memory that the system holds',
            'Is it more than Redis uses? Beyond twice, memory is in pieces, or a snapshot is being taken.',
            'bytes',
            [query('{{pod}}', `redis_memory_used_rss_bytes${both}`)],
            { range: { from: 0 } },
          ),
          lines(
            'Volumes in use',
            'How full are the volumes? An append-only file that finds no room stops all writes. Volumes grow by configuration.',
            'percentunit',
            [
              query(
                '{{persistentvolumeclaim}}',
                `1 - kubelet_volume_stats_available_bytes${ofNamespaces(namespaces)} / kubelet_volume_stats_capacity_bytes${ofNamespaces(namespaces)}`,
              ),
            ],
            { range: { from: 0, to: 1 }, thresholds: worseUpward(0.75, 0.85), alert: 'VolumeFills' },
          ),
          nodes('Expired keys', 'How many answers end by their time?', 'ops', 'redis_expired_keys_total'),
          lines(
            'Clients',
            'Who is connected? As many as engines and keepers, and no more.',
            'none',
            [query('{{pod}}', `redis_connected_clients${both}`)],
            { range: { from: 0 } },
          ),
        ],
      },
      {
        title: 'Would it survive a restart?',
        panels: [
          lines(
            'Append-only file written',
            'Can each node write to its disk? At 0 it refuses writes.',
            'none',
            [query('{{pod}}', `redis_aof_last_write_status${both}`)],
            { range: { from: 0, to: 1 }, alert: 'RedisPersistenceFailing' },
          ),
          lines(
            'Append-only file rewritten',
            'Did the last rewrite come to an end? Without it the file grows until the disk is full.',
            'none',
            [query('{{pod}}', `redis_aof_last_bgrewrite_status${both}`)],
            { range: { from: 0, to: 1 }, alert: 'RedisPersistenceFailing' },
          ),
          lines(
            'Size of the append-only file',
            'How much is read at a restart?',
            'bytes',
            [query('{{pod}}', `redis_aof_current_size_bytes${both}`)],
            { range: { from: 0 }, alert: 'VolumeFills' },
          ),
          nodes(
            'Writes that waited for the disk',
            'Is the disk too slow? Then all clients wait with it.',
            'ops',
            'redis_aof_delayed_fsync',
          ),
          sinceSuccess(
            'Since a keeper last came to its end',
            'Do the jobs run that mend the clusters?',
            'cronjob!~".*-backup"',
            'CronJobFailing',
          ),
          sinceSuccess(
            'Since the last backup',
            'How much would be lost with a cluster? Backups are made every few minutes, but while slots move.',
            'cronjob=~".*-backup"',
            'BackupOld',
          ),
        ],
      },
      {
        title: 'Work',
        panels: [
          nodes('Commands', 'Is one shard busier than the others?', 'ops', 'redis_commands_processed_total'),
          lines(
            'Cores in use',
            'Is a node at one core? Redis answers on one alone.',
            'none',
            [
              query(
                '{{pod}}',
                `${each(`redis_cpu_user_seconds_total${both}`)} + ${each(`redis_cpu_sys_seconds_total${both}`)}`,
              ),
            ],
            { range: { from: 0 }, thresholds: wrongFrom(0.9) },
          ),
          nodes('Sent', 'How much goes over the network?', 'Bps', 'redis_net_output_bytes_total'),
          nodes(
            'Refused connections',
            'Do clients find no place, because too many are connected?',
            'ops',
            'redis_rejected_connections_total',
          ),
          lines(
            'Blind exporters',
            'Which node’s figures are missing on this page?',
            'none',
            [query('{{pod}}', `redis_exporter_last_scrape_error${both}`)],
            { range: { from: 0, to: 1 }, alert: 'RedisExporterBlind' },
          ),
        ],
      },
    ],
  };
}
