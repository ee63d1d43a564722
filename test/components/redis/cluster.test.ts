import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadPlatform } from '../../../components/cluster/platform.ts';
import { Region } from '../../../components/region/region.ts';
import { shards } from '../../../components/redis/topology.ts';
import { loadConfig } from '../../../config.ts';
import { strip } from '../../../local/engine/index.ts';
import { type KubernetesObject, LocalCluster } from '../../../local/pods/index.ts';
import { machineConfig, machineImages } from '../../../local/region/machine.ts';
import { record } from '../../support/pulumi/mocks.ts';
import { stackConfig } from '../../support/stacks.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SCRIPT = join(ROOT, 'components/redis/scripts/keep-cluster.sh');
const PLACE = { namespace: 'wedsync-redis', name: 'redis-cache' };

/** The program's own objects of the cache cluster, and of the certificates that it needs. */
async function redisObjects(): Promise<KubernetesObject[]> {
  const { resources } = await record('uk-south', stackConfig('uk-south', machineConfig(undefined)), async () => {
    const config = loadConfig();
    const platform = await loadPlatform(config.cluster.platform);
    return new Region(config.name, { config, platform, version: '1.0.0' });
  });
  const objects = resources.filter(({ type }) => type.startsWith('kubernetes:')).map(({ inputs }) => strip(inputs));
  return (objects as KubernetesObject[]).filter(
    ({ kind, metadata }) =>
      metadata.name.startsWith(PLACE.name) || kind === 'ClusterIssuer' || metadata.name === 'wedsync-region-ca',
  );
}

describe('a Redis Cluster of the program', function () {
  this.timeout(60_000);
  let dataDir: string;
  let cluster: LocalCluster;
  let ca: string;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'wedsync-keeper-'));
    cluster = await LocalCluster.open({ dataDir, images: machineImages(ROOT) });
    await cluster.apply(await redisObjects());
    await cluster.whenReady({ timeoutMs: 40_000 });
    ca = join(dataDir, 'ca.crt');
    await writeFile(ca, cluster.read('Secret', PLACE.namespace, 'redis-cache-tls', 'ca.crt') ?? '');
  });
  after(async () => {
    await cluster.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const password = (user: string) => cluster.read('Secret', PLACE.namespace, 'redis-cache-passwords', user) ?? '';
  const pod = (name: string) => {
    const found = cluster.status().pods.find((candidate) => candidate.name === name);
    assert.ok(found, `no Pod ${name}`);
    return found;
  };
  const redis = async (name: string, user: string, ...command: string[]) => {
    const options = ['-e', '--no-auth-warning', '-c', '-h', pod(name).ip, '--tls', '--cacert', ca, '--user', user];
    const { stdout } = await run('redis-cli', [...options, ...command], {
      env: { ...process.env, REDISCLI_AUTH: password(user) },
    });
    return stdout.trim();
  };
  /** Runs the keeper's script against the nodes' addresses, and against `more` lines of nodes. */
  const keep = async (...more: string[]) => {
    const nodes = shards(PLACE).flatMap(({ index, name, firstSlot, lastSlot }) =>
      [0, 1].map((ordinal) => `${index} ${firstSlot} ${lastSlot} ${pod(`${name}-${ordinal}`).ip}`),
    );
    const environment = {
      NODES: [...nodes, ...more].join('\n'),
      PORT: '6379',
      CA_FILE: ca,
      WAIT: more.length > 0 ? '0' : '20',
    };
    const env = { ...process.env, ...environment, REDISCLI_AUTH: password('operator') };
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
    const volume = (await readdir(join(dataDir, 'volumes', PLACE.namespace))).find((entry) => entry.includes(name));
    assert.ok(volume, `no volume of ${name}`);
    const folder = join(dataDir, 'volumes', PLACE.namespace, volume);
    for (const entry of await readdir(folder)) await rm(join(folder, entry), { recursive: true, force: true });
    for (const pid of pids) process.kill(pid, 'SIGKILL');
  };
  const roles = async (witness = 'redis-cache-1-0') => {
    const view = await redis(witness, 'operator', 'cluster', 'nodes');
    const byAddress = new Map(view.split('\n').map((line) => [line.split(/[ :]/)[1], line.split(' ')] as const));
    return shards(PLACE).map(({ name }) =>
      [0, 1].map((ordinal) => {
        const [id = '', , flags = '', master = ''] = byAddress.get(pod(`${name}-${ordinal}`).ip) ?? [];
        return { id, master: flags.includes('master') ? undefined : master };
      }),
    );
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
    await sleep(3_000);
    const said = await keep();
    assert.match(said, /shard 2: slots 10922 to 16383 go to/);
    assert.match(await redis('redis-cache-0-0', 'operator', 'cluster', 'info'), /cluster_slots_ok:16384/);
    await assertPaired();
  });

  it('is mended as far as it can be reached, and assigned nothing, while a node is out of sight', async () => {
    const said = await keep('2 10922 16383 127.77.255.254');
    assert.match(said, /mended: 6 of 7 nodes reached/);
    assert.doesNotMatch(said, /slots|forgetting/);
  });

  it('is given up by its keeper when nobody answers', async () => {
    const environment = {
      ...process.env,
      NODES: '0 0 16383 127.77.255.254',
      PORT: '6379',
      CA_FILE: ca,
      WAIT: '0',
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
