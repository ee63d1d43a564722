import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { formatSlots } from '../../../components/redis/slots.ts';
import { shards } from '../../../components/redis/topology.ts';
import { PLACE, ROOT, RunningCluster } from './running-cluster.ts';

const run = promisify(execFile);
const SCRIPT = join(ROOT, 'components/redis/scripts/keep-cluster.sh');

describe('a Redis Cluster of the program', function () {
  this.timeout(60_000);
  let cluster: RunningCluster;

  before(async () => (cluster = await RunningCluster.start()));
  after(() => cluster.stop());

  const pod = (name: string) => cluster.pod(name);
  const redis = (name: string, user: string, ...command: string[]) => cluster.redis(name, user, ...command);
  /** Runs the keeper's script against the nodes' addresses, and against `more` lines of nodes. */
  const keep = async (...more: string[]) => {
    const nodes = shards(PLACE, 3).flatMap(({ index, name, slots }) =>
      [0, 1].map((ordinal) => `${index} ${formatSlots(slots)} ${pod(`${name}-${ordinal}`).ip}`),
    );
    const environment = {
      NODES: [...nodes, ...more].join('\n'),
      PORT: '6379',
      CA_FILE: cluster.caFile,
      WAIT: more.length > 0 ? '0' : '20',
    };
    const env = { ...process.env, ...environment, REDIS_USER: 'operator', REDISCLI_AUTH: cluster.password('operator') };
    const { stdout } = await run('sh', [SCRIPT], { env }).catch((error: Error & { stdout: string }) => {
      throw new Error(`${error.message}\n${error.stdout}`);
    });
    return stdout;
  };
  /** Kills a node and empties its volume before it is started again. */
  const loseVolume = async (name: string) => {
    const { pids } = pod(name);
    // Stopped first, so that it writes nothing more; killed last, since it is started again at once.
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    const volume = (await readdir(join(cluster.dataDir, 'volumes', PLACE.namespace))).find((entry) =>
      entry.includes(name),
    );
    assert.ok(volume, `no volume of ${name}`);
    const folder = join(cluster.dataDir, 'volumes', PLACE.namespace, volume);
    for (const entry of await readdir(folder)) await rm(join(folder, entry), { recursive: true, force: true });
    for (const pid of pids) process.kill(pid, 'SIGKILL');
  };
  const roles = async (witness = 'redis-cache-1-0') => {
    const view = await redis(witness, 'operator', 'cluster', 'nodes');
    const byAddress = new Map(view.split('\n').map((line) => [line.split(/[ :]/)[1], line.split(' ')] as const));
    return shards(PLACE, 3).map(({ name }) =>
      [0, 1].map((ordinal) => {
        const [id = '', , flags = '', master = ''] = byAddress.get(pod(`${name}-${ordinal}`).ip) ?? [];
        return { id, master: flags.includes('master') ? undefined : master };
      }),
    );
  };
  /** How many nodes `witness` knows of that are gone: another answers at their address, or none at all. */
  const ghosts = async (witness: string) => {
    const view = await redis(witness, 'operator', 'cluster', 'nodes');
    const flags = view.split('\n').map((line) => line.split(' ')[2]?.split(',') ?? []);
    return flags.filter((each) => each.includes('noaddr') || each.includes('fail')).length;
  };
  /** Every shard has one master, and its other node replicates that one. */
  const assertPaired = async () => {
    for (const pair of await roles()) {
      const master = pair.find((node) => node.master === undefined);
      const replica = pair.find((node) => node.master !== undefined);
      assert.ok(master && replica, 'a shard without a master or without a replica');
      assert.equal(replica.master, master.id);
    }
  };

  it('is formed as three shards of a master and its own replica', async () => {
    assert.match(await redis('redis-cache-0-0', 'operator', 'cluster', 'info'), /cluster_slots_ok:16384/);
    await assertPaired();
  });

  it('is left alone by its keeper while it is healthy', async () => {
    assert.match(await keep(), /^\d\d:\d\d:\d\d healthy: 6 nodes, 3 shards\n$/);
  });

  it('lets the replica of a crashed master take over before that comes back', async () => {
    const [, before] = await roles();
    const ordinal = before?.[0]?.master === undefined ? 0 : 1;
    const { pids } = pod(`redis-cache-1-${ordinal}`);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    let after = before;
    for (let tries = 0; tries < 100 && after?.[ordinal]?.master === undefined; tries++) {
      await sleep(100);
      [, after] = await roles('redis-cache-0-0');
    }
    assert.equal(after?.[1 - ordinal]?.master, undefined);
    assert.equal(after?.[ordinal]?.master, before?.[1 - ordinal]?.id);
    await keep();
    await assertPaired();
  });

  it('gets back a node that lost its volume, and the data with it', async () => {
    assert.equal(await redis('redis-cache-0-0', 'engine', 'set', 'answer:kept', 'yes'), 'OK');
    await loseVolume('redis-cache-0-1');
    await loseVolume('redis-cache-2-1');
    const said = await keep();
    assert.match(said, /forgetting [0-9a-f]{40}/);
    assert.match(said, /mended: 6 of 6 nodes reached/);
    await assertPaired();
    assert.equal(await redis('redis-cache-1-0', 'engine', 'get', 'answer:kept'), 'yes');
    assert.match(await keep(), /healthy/);
  });

  it('gets back a shard that lost both its volumes, with its slots', async () => {
    await Promise.all([loseVolume('redis-cache-2-0'), loseVolume('redis-cache-2-1')]);
    // The others must have noticed before anybody may be forgotten.
    const others = ['redis-cache-0-0', 'redis-cache-0-1', 'redis-cache-1-0', 'redis-cache-1-1'];
    while ((await Promise.all(others.map(ghosts))).some((count) => count < 2)) await sleep(100);
    const said = await keep();
    assert.match(said, /shard 2: slots 10922 to 16383 go to/);
    assert.match(await redis('redis-cache-0-0', 'operator', 'cluster', 'info'), /cluster_slots_ok:16384/);
    await assertPaired();
  });

  it('is mended as far as it can be reached, and assigned nothing, while a node is out of sight', async () => {
    const said = await keep('2 10922-16383 127.77.255.254');
    assert.match(said, /mended: 6 of 7 nodes reached/);
    assert.doesNotMatch(said, /slots|forgetting/);
  });

  it('is given up by its keeper when nobody answers', async () => {
    const environment = {
      ...process.env,
      NODES: '0 0-16383 127.77.255.254',
      PORT: '6379',
      CA_FILE: cluster.caFile,
      WAIT: '0',
      REDIS_USER: 'operator',
      REDISCLI_AUTH: 'x',
    };
    await assert.rejects(
      run('sh', [SCRIPT], { env: environment }),
      (error: Error & { stdout: string; code: number }) => {
        assert.equal(error.code, 1);
        assert.match(error.stdout, /none of the 1 nodes answers/);
        return true;
      },
    );
  });
});
