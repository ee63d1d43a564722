import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RedisClusterArgs } from '../../../components/redis/redis-cluster.ts';
import { formatSlots } from '../../../components/redis/slots.ts';
import { shards } from '../../../components/redis/topology.ts';
import { ENGINE_CACHE_USER } from '../../../components/cache-service/redis-users.ts';
import { JobRuns, objectsWithoutSchedule } from './job-runs.ts';
import { PLACE, RunningCluster } from './running-cluster.ts';
import { SteadyLoad } from './steady-load.ts';

/** May look at everything, which nobody of the program's may. */
const JUDGE = { name: 'judge', keys: ['*'], commands: ['+@all'] };
const CHANGES: Partial<RedisClusterArgs> = {
  backup: { everyMinutes: 10, keep: 2 },
  users: [ENGINE_CACHE_USER, JUDGE],
};
const KEYS = 1500;
/**
 * Of a node's data: how many keys there are, and a digest of all names and values, with who has a time to live. By what commands
 * say, since the same value may lie in memory in several ways.
 */
const DIGEST = `
local names, cursor = {}, '0'
repeat
  local page = redis.call('SCAN', cursor, 'COUNT', 1000)
  cursor = page[1]
  for _, name in ipairs(page[2]) do names[#names + 1] = name end
until cursor == '0'
table.sort(names)
local read = {
  string = function(name) return redis.call('GET', name) end,
  hash = function(name)
    local fields = redis.call('HKEYS', name)
    table.sort(fields)
    return cjson.encode(redis.call('HMGET', name, unpack(fields))) .. cjson.encode(fields)
  end,
  set = function(name)
    local members = redis.call('SMEMBERS', name)
    table.sort(members)
    return cjson.encode(members)
  end,
  zset = function(name) return cjson.encode(redis.call('ZRANGE', name, 0, -1, 'WITHSCORES')) end,
  list = function(name) return cjson.encode(redis.call('LRANGE', name, 0, -1)) end,
  stream = function(name) return cjson.encode(redis.call('XRANGE', name, '-', '+')) end,
}
local digest = ''
for _, name in ipairs(names) do
  local lives = redis.call('PTTL', name) > 0 and 'lives' or 'stays'
  local value = read[redis.call('TYPE', name).ok](name)
  digest = redis.sha1hex(digest .. name .. redis.sha1hex(value) .. lives)
end
return #names .. ' ' .. digest`;

describe('the backups of a Redis Cluster', function () {
  this.timeout(120_000);
  let source: RunningCluster;
  let target: RunningCluster;
  let runs: JobRuns;
  let restoring: JobRuns;

  before(async () => {
    [source, target] = await Promise.all([startWithoutSchedule(), startWithoutSchedule()]);
    runs = new JobRuns(source, CHANGES);
    restoring = new JobRuns(target, CHANGES);
  });
  after(() => Promise.all([source, target].map((cluster) => cluster?.stop())));

  const folderOf = (cluster: RunningCluster) => join(cluster.dataDir, 'volumes', PLACE.namespace, 'redis-cache-backup');
  const backupsOf = async (cluster: RunningCluster) => (await readdir(folderOf(cluster))).sort();
  const newest = async (cluster: RunningCluster) => {
    const name = (await backupsOf(cluster)).filter((entry) => !entry.endsWith('.part')).at(-1);
    assert.ok(name, 'there is no backup');
    return name;
  };
  /** Brings the newest backup of the one cluster to the volume of the other, as what copies them elsewhere would. */
  const bring = async (name: string) => {
    await mkdir(folderOf(target), { recursive: true });
    await rm(join(folderOf(target), name), { recursive: true, force: true });
    await cp(join(folderOf(source), name), join(folderOf(target), name), { recursive: true });
    return join(folderOf(target), name);
  };
  /** The digest of each shard's master. */
  const digests = async (cluster: RunningCluster) =>
    Promise.all(
      (await masters(cluster)).map(async (name) => (await cluster.redis(name, 'judge', 'eval', DIGEST, '0')).trim()),
    );
  const countKeys = async (cluster: RunningCluster) =>
    (await digests(cluster)).reduce((sum, digest) => sum + Number(digest.split(' ')[0]), 0);

  it('are whole, described and taken from the replicas, while clients write', async () => {
    await fill(source);
    const load = await SteadyLoad.start(source);
    while (load.writes < 50) await delay(10);
    const { state, said } = await runs.backUp();
    const lost = await load.end();
    assert.equal(state, 'complete', said);
    assert.deepEqual([lost, load.errors], [[], []]);
    const name = await newest(source);
    assert.match(said, new RegExp(`backup ${name} is whole`));
    for (const { name: shard, index } of shards(PLACE, 3))
      assert.match(said, new RegExp(`shard ${index}: \\d+ keys, \\d+ bytes, from ${source.pod(`${shard}-1`).ip}\n`));

    const manifest = (await readFile(join(folderOf(source), name, 'manifest'), 'utf8')).trim().split('\n');
    assert.deepEqual(manifest.slice(0, 2), ['format 1', 'cluster redis-cache']);
    assert.match(manifest[2] ?? '', /^taken 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.match(manifest[3] ?? '', /^redis \d+\.\d+\.\d+$/);
    const lines = manifest.slice(4).map((line) => line.split(' '));
    assert.deepEqual(
      lines.map(([, shard, slots]) => `${shard} ${slots}`),
      shards(PLACE, 3).map(({ index, slots }) => `${index} ${formatSlots(slots)}`),
    );
    const counted = lines.reduce((sum, line) => sum + Number(line.at(-1)), 0);
    assert.ok(counted >= KEYS + 50, `only ${counted} keys`);
  });

  it('stay as they are when the disk is full, a shard is out of reach or slots are not where they belong', async () => {
    const before = await backupsOf(source);
    // What is written beyond some KiB fails, as on a full disk.
    const full = await runs.backUp({ first: "trap '' XFSZ; ulimit -f 8" });
    assert.equal(full.state, 'failed');
    assert.match(full.said, /no backup: shard 0 gives no snapshot: /);
    const ips = [0, 1].map((ordinal) => source.pod(`redis-cache-2-${ordinal}`).ip);
    const nowhere = (nodes: string) => ips.reduce((text, ip) => text.replace(ip, '127.77.255.254'), nodes);
    const named = (nodes: string) => nodes.replaceAll(/redis-cache-2-\d\.[\w.-]+/g, '127.77.255.254');
    const unreachable = await runs.backUp({ env: { NODES: (nodes) => named(nowhere(nodes)) } });
    assert.equal(unreachable.state, 'failed');
    assert.match(unreachable.said, /no backup: shard 2 has no master that answers and has its slots 10922-16383/);
    const moved = await runs.backUp({ env: { NODES: (nodes) => nodes.replaceAll('0-5460', '0-5459') } });
    assert.equal(moved.state, 'failed');
    assert.match(moved.said, /no backup: shard 0 has no master that answers and has its slots 0-5459 and no others/);
    assert.deepEqual(
      (await backupsOf(source)).filter((entry) => !entry.endsWith('.part')),
      before,
    );
  });

  it('come from the master while a replica is silent, and leave nothing half-made behind', async () => {
    const { pids, ip } = source.pod('redis-cache-0-1');
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    const { state, said } = await runs.backUp();
    for (const pid of pids) process.kill(pid, 'SIGCONT');
    assert.equal(state, 'complete', said);
    assert.match(said, new RegExp(`shard 0: .* from ${source.pod('redis-cache-0-0').ip}\n`));
    assert.doesNotMatch(said, new RegExp(`from ${ip}\n`));
    assert.deepEqual(
      (await backupsOf(source)).filter((entry) => entry.endsWith('.part')),
      [],
    );
  });

  it('are kept as many as shall be, the newest ones', async () => {
    const [oldest, second] = await backupsOf(source);
    const { state, said } = await runs.backUp();
    assert.equal(state, 'complete', said);
    assert.match(said, new RegExp(`removed ${oldest}\n`));
    const kept = await backupsOf(source);
    assert.equal(kept.length, 2);
    assert.equal(kept[0], second);
  });

  it('are refused before anything is touched when something is wrong with them', async () => {
    const name = await newest(source);
    const folder = await bring(name);
    const snapshot = join(folder, 'shard-2.rdb');
    const whole = await readFile(snapshot);

    await truncate(snapshot, whole.length - 9);
    assert.match(await refusal(name), /nothing is restored: shard-2\.rdb of backup \w+ has not the \d+ bytes/);
    const bits = await open(snapshot, 'w');
    await bits.write(whole.map((byte, at) => (at === whole.length >> 1 ? byte ^ 1 : byte)));
    await bits.close();
    assert.match(await refusal(name), /nothing is restored: shard-2\.rdb of backup \w+ is not what its manifest says/);
    await writeFile(snapshot, whole);

    const manifest = join(folder, 'manifest');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace(/^shard 2.*\n/m, ''));
    assert.match(
      await refusal(name),
      /nothing is restored: the shards of backup \w+ are 0-5460 5461-10921 and those of/,
    );
    await writeFile(manifest, text.replace('cluster redis-cache', 'cluster redis-queue'));
    assert.match(await refusal(name), /nothing is restored: backup \w+ is of redis-queue, not of redis-cache/);
    await writeFile(manifest, text.replace('format 1', 'format 2'));
    assert.match(await refusal(name), /nothing is restored: backup \w+ has format 2, not 1/);
    assert.match(await refusal('20270807T101500Z'), /there is no backup 20270807T101500Z; there are: \d{8}T/);
    assert.equal(await countKeys(target), 0);
  });

  const refusal = async (name: string) => {
    const { state, said } = await restoring.restore(name);
    assert.equal(state, 'failed', said);
    return said;
  };

  it('come back whole in an empty cluster though a master falls, every value and time to live, on replicas too', async () => {
    const name = await newest(source);
    await bring(name);
    const { pids } = target.pod('redis-cache-1-0');
    let over = false;
    const restored = restoring.restore(name).finally(() => (over = true));
    while (!over && (await target.redis('redis-cache-1-0', 'judge', 'dbsize')) === '0') await delay(10);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    const { state, said } = await restored;
    assert.equal(state, 'complete', said);
    assert.match(said, new RegExp(`backup ${name} is restored`));
    assert.deepEqual(await digests(target), await digests(source));
    assert.ok((await countKeys(target)) >= KEYS);
    assert.equal(await target.redis('redis-cache-0-0', 'judge', 'get', 'of-an-hour'), 'x');
    const left = Number(await target.redis('redis-cache-0-0', 'judge', 'ttl', 'of-an-hour'));
    assert.ok(left > 3000 && left <= 3600, `${left} s are left of an hour`);
    for (const [index, { name: shard }] of shards(PLACE, 3).entries()) {
      const held = (node: string) => target.redis(node, 'judge', 'dbsize');
      const master = (await masters(target))[index] ?? '';
      assert.equal(await target.redis(master, 'judge', 'wait', '1', '10000'), '1');
      assert.equal(await held(`${shard}-0`), await held(`${shard}-1`));
    }
    // Whether the group still knows what its reader has not confirmed.
    assert.match(await target.redis('redis-cache-0-0', 'judge', 'xpending', 'jobs', 'workers'), /^1\n/);
  });

  it('are not restored into a cluster that holds something', async () => {
    const [older] = await backupsOf(source);
    assert.ok(older !== undefined && older !== (await newest(source)));
    await bring(older);
    assert.match(await refusal(older), /nothing is restored: the cluster is not empty: shard 0 has \d+ keys/);
    await rm(join(folderOf(target), older), { recursive: true });
  });

  it('do not go when a cluster has lost what they hold', async () => {
    const full = await newest(target);
    for (const name of await masters(target)) await target.redis(name, 'judge', 'flushall');
    for (let run = 0; run < 3; run++) assert.equal((await restoring.backUp()).state, 'complete');
    const kept = await backupsOf(target);
    assert.equal(kept.length, 3);
    assert.equal(kept[0], full);
  });
});

function startWithoutSchedule(): Promise<RunningCluster> {
  return RunningCluster.start(CHANGES, objectsWithoutSchedule);
}

/** The master of each shard. */
function masters(cluster: RunningCluster): Promise<string[]> {
  return Promise.all(
    shards(PLACE, 3).map(async ({ name }) => {
      const role = await cluster.redis(`${name}-0`, 'probe', 'info', 'replication');
      return role.includes('role:master') ? `${name}-0` : `${name}-1`;
    }),
  );
}

/** Keys of every type, with names that a script may stumble over. */
async function fill(cluster: RunningCluster): Promise<void> {
  const commands = Array.from({ length: KEYS }, (_, index) => {
    const name = `"key {${index}} \\"it's\\"\\n\\x${(index % 256).toString(16).padStart(2, '0')}"`;
    switch (index % 5) {
      case 0:
        return `SET ${name} "${'value '.repeat(index % 97)}\\x00\\xff"`;
      case 1:
        return `HSET ${name} one ${index} two "a b"`;
      case 2:
        return `ZADD ${name} ${index}.5 one 2 two`;
      case 3:
        return `RPUSH ${name} ${index} b c`;
      default:
        return `SADD ${name} ${index} x`;
    }
  });
  const special = [
    'SET of-an-hour x EX 3600',
    'XADD jobs 1-1 photo 7',
    'XGROUP CREATE jobs workers 0',
    'XREADGROUP GROUP workers one COUNT 1 STREAMS jobs >',
  ];
  const options = ['-e', '--no-auth-warning', '-c', '-h', cluster.pod('redis-cache-0-0').ip, '--tls', '--cacert'];
  const env = { ...process.env, REDISCLI_AUTH: cluster.password('judge') };
  await new Promise<void>((resolve, reject) => {
    const child = execFile('redis-cli', [...options, cluster.caFile, '--user', 'judge'], { env }, (error, stdout) => {
      if (error || /ERR/.test(stdout)) reject(error ?? new Error(stdout));
      else resolve();
    });
    child.stdin?.end([...commands, ...special].join('\n') + '\n');
  });
}
