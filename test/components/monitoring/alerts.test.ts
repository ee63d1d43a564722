import assert from 'node:assert/strict';
import { type AlertCase, promtoolCheck, promtoolTest } from './promtool.ts';
import { but, GROUPS, onBothDays, OPERATOR, POD, WELL, WITHOUT_CALENDAR } from './region.ts';

const NODE = 'job="redis-queue",pod="redis-queue-0-0",instance="q"';
const CACHE_NODE = 'job="redis-cache",pod="redis-cache-0-0",instance="c"';

const CASES: readonly AlertCase[] = [
  ...onBothDays('all is well', WELL, { at: '2h', weekday: [], wedding: [] }),

  ...onBothDays('the only engine is gone for 30 s', but({ [`up{${POD}}`]: '1+0x20 0+0xN' }), {
    at: '5m30s',
    weekday: [],
    wedding: [],
  }),
  ...onBothDays('the only engine is gone for two minutes', but({ [`up{${POD}}`]: '1+0x20 0+0xN' }), {
    at: '7m15s',
    weekday: ['EngineAbsent'],
    wedding: ['EngineAbsent', 'EngineDown'],
  }),
  ...onBothDays(
    'one of two engines is gone for two minutes',
    but({ [`up{${POD.replace('"a"', '"b"')}}`]: '1+0x20 0+0xN' }),
    { at: '7m15s', weekday: [], wedding: ['EngineDown'] },
  ),
  ...onBothDays(
    'one of two engines is gone for seven minutes',
    but({ [`up{${POD.replace('"a"', '"b"')}}`]: '1+0x20 0+0xN' }),
    { at: '12m30s', weekday: ['EngineDown'], wedding: ['EngineDown', 'EngineDown, again'] },
  ),
  ...onBothDays(
    'an engine began anew three minutes ago',
    but({ [`process_start_time_seconds{${POD}}`]: '100+0x20 400+0xN' }),
    { at: '8m', weekday: ['EngineRestarted'], wedding: ['EngineRestarted'] },
  ),
  ...onBothDays(
    'an engine began anew six minutes ago',
    but({ [`process_start_time_seconds{${POD}}`]: '100+0x20 400+0xN' }),
    { at: '11m', weekday: [], wedding: [] },
  ),
  ...onBothDays('Redis is out of reach for three minutes', but({ [`wedsync_cache_warm_up{${POD}}`]: '1+0x20 0+0xN' }), {
    at: '8m',
    weekday: [],
    wedding: ['WarmTierDown'],
  }),
  ...onBothDays('Redis is out of reach for six minutes', but({ [`wedsync_cache_warm_up{${POD}}`]: '1+0x20 0+0xN' }), {
    at: '11m15s',
    weekday: ['WarmTierDown'],
    wedding: ['WarmTierDown', 'WarmTierDown, again'],
  }),
  ...onBothDays(
    'wrong hits are surely too many',
    but({
      [`wedsync_cache_false_hit_share{${POD},bound="low"}`]: '0.006+0xN',
      [`wedsync_cache_false_hit_objective{${POD}}`]: '0.005+0xN',
    }),
    { at: '2m', weekday: ['FalseHits'], wedding: ['FalseHits'] },
  ),
  ...onBothDays(
    'wrong hits may be too many',
    but({
      [`wedsync_cache_false_hit_share{${POD},bound="low"}`]: '0.004+0xN',
      [`wedsync_cache_false_hit_share{${POD},bound="high"}`]: '0.02+0xN',
      [`wedsync_cache_false_hit_objective{${POD}}`]: '0.005+0xN',
    }),
    { at: '2m', weekday: [], wedding: [] },
  ),
  ...onBothDays(
    'a record cannot be opened',
    but({ [`wedsync_cache_unreadable_records_total{${POD}}`]: '0+0x20 1+0xN' }),
    {
      at: '10m',
      weekday: ['UnreadableRecords'],
      wedding: ['UnreadableRecords'],
    },
  ),

  ...onBothDays(
    'most calls to a model fail for three minutes',
    but({
      [`wedsync_cache_origin_calls_total{${POD},outcome="ok"}`]: '0+10x20 200+1xN',
      [`wedsync_cache_origin_calls_total{${POD},outcome="error"}`]: '0+0x20 0+9xN',
    }),
    { at: '9m', weekday: [], wedding: ['OriginFailing'] },
  ),
  ...onBothDays(
    'a model’s breaker is open for three minutes',
    but({ [`wedsync_cache_origin_breaker{${POD},route="default",state="open"}`]: '0+0x20 1+0xN' }),
    { at: '8m', weekday: [], wedding: ['OriginBreakerOpen'] },
  ),
  ...onBothDays(
    'requests are turned away for three minutes',
    but({ [`wedsync_cache_shed_requests_total{${POD},priority="batch"}`]: '0+0x20 0+5xN' }),
    { at: '8m30s', weekday: [], wedding: ['RequestsShed'] },
  ),

  ...onBothDays('a slot has no master', but({ [`redis_cluster_slots_fail{${NODE}}`]: '0+0x20 5461+0xN' }), {
    at: '6m',
    weekday: ['RedisClusterDown'],
    wedding: ['RedisClusterDown'],
  }),
  // A look is taken every 15 s; the next one finds the replica in the master's place.
  ...['5m15s', '5m30s', '5m45s'].flatMap((at) =>
    onBothDays(
      `one look sees a failover under way (${at})`,
      but({ [`redis_cluster_state{${NODE}}`]: '1+0x20 0+0x0 1+0xN' }),
      { at, weekday: [], wedding: [] },
    ),
  ),
  ...onBothDays('a node is gone for a minute', but({ [`redis_up{${NODE}}`]: '1+0x20 0+0xN' }), {
    at: '6m15s',
    weekday: [],
    wedding: ['RedisNodeDown'],
  }),
  ...onBothDays('a replica has taken over', but({ [`redis_cluster_current_epoch{${NODE}}`]: '7+0x20 8+0xN' }), {
    at: '6m',
    weekday: ['RedisFailover'],
    wedding: ['RedisFailover'],
  }),
  ...onBothDays('a replica took over long ago', but({ [`redis_cluster_current_epoch{${NODE}}`]: '7+0x20 8+0xN' }), {
    at: '11m',
    weekday: [],
    wedding: [],
  }),
  ...onBothDays(
    'a master is without replica for three minutes',
    but({
      [`redis_connected_slaves{${NODE}}`]: '1+0x20 0+0xN',
      [`redis_instance_info{${NODE},role="master"}`]: '1+0xN',
    }),
    { at: '8m', weekday: [], wedding: ['RedisShardWithoutReplica'] },
  ),
  ...onBothDays(
    'a replica has no replica of its own',
    but({
      [`redis_connected_slaves{${NODE}}`]: '0+0xN',
      [`redis_instance_info{${NODE},role="slave"}`]: '1+0xN',
    }),
    { at: '30m', weekday: [], wedding: [] },
  ),
  ...onBothDays('a replica is 30 s behind', but({ [`redis_connected_slave_lag_seconds{${NODE}}`]: '0+0x20 30+0xN' }), {
    at: '8m',
    weekday: ['RedisReplicationLag'],
    wedding: ['RedisReplicationLag'],
  }),
  ...onBothDays(
    'the queue is nearly full, and so is the cache',
    but({
      [`redis_memory_used_bytes{${NODE}}`]: '0+0x20 90+0xN',
      [`redis_memory_max_bytes{${NODE}}`]: '100+0xN',
      [`redis_memory_used_bytes{${CACHE_NODE}}`]: '100+0xN',
      [`redis_memory_max_bytes{${CACHE_NODE}}`]: '100+0xN',
    }),
    { at: '8m', weekday: ['RedisQueueFull'], wedding: ['RedisQueueFull'] },
  ),
  ...onBothDays(
    'the cache evicts more than it gives',
    but({
      [`redis_evicted_keys_total{${CACHE_NODE}}`]: '0+50xN',
      [`redis_keyspace_hits_total{${CACHE_NODE}}`]: '0+10xN',
    }),
    { at: '40m', weekday: ['RedisCacheThrashing'], wedding: ['RedisCacheThrashing'] },
  ),
  ...onBothDays(
    'an append-only file cannot be written',
    but({ [`redis_aof_last_write_status{${NODE}}`]: '1+0x20 0+0xN' }),
    {
      at: '7m',
      weekday: ['RedisPersistenceFailing'],
      wedding: ['RedisPersistenceFailing'],
    },
  ),
  ...onBothDays('an exporter is blind', but({ [`redis_exporter_last_scrape_error{${NODE}}`]: '0+0x20 1+0xN' }), {
    at: '11m',
    weekday: ['RedisExporterBlind'],
    wedding: ['RedisExporterBlind'],
  }),

  ...onBothDays('the console is gone for four minutes', but({ [`up{${OPERATOR}}`]: '1+0x20 0+0xN' }), {
    at: '9m15s',
    weekday: [],
    wedding: [],
  }),
  ...onBothDays('the console is gone for six minutes', but({ [`up{${OPERATOR}}`]: '1+0x20 0+0xN' }), {
    at: '11m30s',
    weekday: ['ConsoleDown'],
    wedding: ['ConsoleDown'],
  }),
  ...onBothDays('one of two consoles is gone', but({ [`up{${OPERATOR.replace('"o"', '"p"')}}`]: '0+0xN' }), {
    at: '30m',
    weekday: [],
    wedding: [],
  }),
  ...onBothDays(
    'the console does not reach Prometheus',
    but({
      [`wedsync_console_polls_total{${OPERATOR},outcome="ok"}`]: '0+7x20 140+0xN',
      [`wedsync_console_polls_total{${OPERATOR},outcome="away"}`]: '0+0x20 0+7xN',
    }),
    { at: '15m', weekday: ['ConsoleBlind'], wedding: ['ConsoleBlind'] },
  ),
  ...onBothDays(
    'the console missed Prometheus for a minute',
    but({
      [`wedsync_console_polls_total{${OPERATOR},outcome="ok"}`]: '0+7x20 140+0x4 140+7xN',
      [`wedsync_console_polls_total{${OPERATOR},outcome="away"}`]: '0+0x20 0+7x4 28+0xN',
    }),
    { at: '15m', weekday: [], wedding: [] },
  ),
  ...onBothDays(
    'somebody guesses secrets',
    but({ [`wedsync_console_sign_ins_total{${OPERATOR},outcome="limited"}`]: '0+0x20 0+5xN' }),
    { at: '10m', weekday: ['SignInsTurnedAway'], wedding: ['SignInsTurnedAway'] },
  ),
  ...onBothDays(
    'somebody has forgotten a secret',
    but({ [`wedsync_console_sign_ins_total{${OPERATOR},outcome="limited"}`]: '0+0x20 0+5x2 10+0xN' }),
    { at: '10m', weekday: [], wedding: [] },
  ),

  ...onBothDays(
    'a new version is rolled out',
    but({ 'kube_replicaset_created{namespace="wedsync-cache",replicaset="cache-engine-2"}': '_x20 300+0xN' }),
    { at: '7m', weekday: [], wedding: ['ChangeOnWeddingDay'] },
  ),
  ...onBothDays(
    'a set of Redis nodes is changed',
    but({
      'kube_statefulset_metadata_generation{namespace="wedsync-redis",statefulset="redis-cache-0"}': '1+0x20 2+0xN',
    }),
    { at: '7m', weekday: [], wedding: ['ChangeOnWeddingDay'] },
  ),
  ...onBothDays(
    'somebody else’s version is rolled out',
    but({ 'kube_replicaset_created{namespace="shop",replicaset="shop-2"}': '_x20 300+0xN' }),
    { at: '7m', weekday: [], wedding: [] },
  ),
  ...onBothDays(
    'a certificate ends in a week',
    but({ 'certmanager_certificate_expiration_timestamp_seconds{namespace="wedsync-cache",name="tls"}': '604800+0xN' }),
    { at: '65m', weekday: ['CertificateExpires'], wedding: ['CertificateExpires'] },
  ),
  ...onBothDays(
    'a certificate cannot be made',
    but({
      'certmanager_certificate_ready_status{namespace="wedsync-cache",name="tls",condition="False"}': '1+0xN',
      'certmanager_certificate_ready_status{namespace="wedsync-cache",name="tls",condition="True"}': '0+0xN',
    }),
    { at: '16m', weekday: ['CertificateNotReady'], wedding: ['CertificateNotReady'] },
  ),
  ...onBothDays(
    'the formation failed, and so did a mending, which comes again',
    but({
      'kube_job_status_failed{namespace="wedsync-redis",job_name="form"}': '1+0xN',
      'kube_job_status_failed{namespace="wedsync-redis",job_name="mend-1"}': '1+0xN',
      'kube_job_owner{namespace="wedsync-redis",job_name="mend-1",owner_kind="CronJob"}': '1+0xN',
    }),
    { at: '6m', weekday: ['JobFailed'], wedding: ['JobFailed'] },
  ),
  ...onBothDays(
    'the mending has not come to an end for 40 minutes',
    but({
      'kube_cronjob_status_last_successful_time{namespace="wedsync-redis",cronjob="redis-cache-keeper"}': '0+0xN',
    }),
    { at: '40m', weekday: ['CronJobFailing'], wedding: ['CronJobFailing'] },
  ),
  ...onBothDays(
    'the last backup is 20 minutes old',
    but({
      'kube_cronjob_status_last_successful_time{namespace="wedsync-redis",cronjob="redis-queue-backup"}': '0+0xN',
    }),
    { at: '20m', weekday: [], wedding: ['BackupOld'] },
  ),
  ...onBothDays(
    'the last backup is 26 minutes old',
    but({
      'kube_cronjob_status_last_successful_time{namespace="wedsync-redis",cronjob="redis-queue-backup"}': '0+0xN',
    }),
    { at: '26m', weekday: ['BackupOld'], wedding: ['BackupOld', 'BackupOld, again'] },
  ),
  ...onBothDays(
    'a volume has a tenth left',
    but({
      'kubelet_volume_stats_available_bytes{namespace="wedsync-redis",persistentvolumeclaim="data"}': '10+0xN',
      'kubelet_volume_stats_capacity_bytes{namespace="wedsync-redis",persistentvolumeclaim="data"}': '100+0xN',
    }),
    { at: '16m', weekday: ['VolumeFills'], wedding: ['VolumeFills'] },
  ),
];

/** Those of the objectives have a suite of their own. */
const GROUPS_WITHOUT_OBJECTIVES = WITHOUT_CALENDAR.filter(({ name }) => !name.startsWith('wedsync.slo'));

describe('the alerts of a region', function () {
  this.timeout(120_000);

  it('are rules that Prometheus takes', () => promtoolCheck(GROUPS));

  it('fire when they should, and no other does', () => promtoolTest(GROUPS_WITHOUT_OBJECTIVES, CASES));

  it('are each seen firing', () => {
    // The second calls have a suite of their own.
    const alerts = GROUPS_WITHOUT_OBJECTIVES.flatMap((group) => group.alerts ?? []);
    const names = alerts.filter(({ labels = {} }) => !('step' in labels)).map(({ name }) => name);
    const fired = new Set(CASES.flatMap(({ firing }) => firing));
    assert.deepEqual(
      [...new Set(names)].filter((name) => !fired.has(name)),
      ['RegionWatchdog'],
    );
  });
});
