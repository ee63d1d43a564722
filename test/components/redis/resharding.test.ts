import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RedisClusterArgs } from '../../../components/redis/redis-cluster.ts';
import { formatSlots, slotLayout } from '../../../components/redis/slots.ts';
import { shards } from '../../../components/redis/topology.ts';
import { PLACE, redisObjects, ROOT, RunningCluster } from './running-cluster.ts';
import { SteadyLoad } from './steady-load.ts';

const run = promisify(execFile);

/** A zone in which today is no Saturday, whatever day it is. */
function zoneWithoutSaturday(): string {
  const friday = new Date().getUTCDay() === 5;
  return friday ? 'X24' : 'X-24';
}
const QUIET = { posixZone: zoneWithoutSaturday(), dates: [] };

/** So many shards of nodes that keep their size, or each would be replaced as well. */
function sized(count: number, quiet: RedisClusterArgs['quiet'] = QUIET): Partial<RedisClusterArgs> {
  const size = { shards: count, memoryMiB: 341 * count };
  return { present: size, full: size, quiet };
}

describe('the resharding of a Redis Cluster', function () {
  this.timeout(240_000);
  let cluster: RunningCluster;
  let load: SteadyLoad;

  before(async () => {
    cluster = await RunningCluster.start(sized(3));
    load = await SteadyLoad.start(cluster);
  });
  after(() => cluster.stop());

  /** The slots of each shard's master, as one of the nodes sees it. */
  const owned = async (count: number) => {
    const view = (await cluster.redis('redis-cache-1-0', 'operator', 'cluster', 'nodes')).split('\n');
    return shards(PLACE, count).map(({ name }) => {
      const ips = [0, 1].map((ordinal) => cluster.pod(`${name}-${ordinal}`).ip);
      const lines = view.filter((line) => ips.some((ip) => line.includes(` ${ip}:`)));
      assert.equal(lines.length, 2, `${name} has ${lines.length} nodes`);
      assert.equal(lines.filter((line) => line.includes('slave')).length, 1, `${name} has no replica`);
      return lines.flatMap((line) => line.split(' ').slice(8)).join(',');
    });
  };
  const assertOwned = async (count: number) => {
    const wanted = slotLayout(count).map((ranges) => formatSlots(ranges).split(',').sort());
    assert.deepEqual(
      (await owned(count)).map((slots) => slots.split(',').sort()),
      wanted,
    );
  };

  it('takes new nodes in, but moves nothing on a frozen day', async () => {
    const day = 24 * 3_600_000;
    const dates = [-1, 0, 1].map((days) => new Date(Date.now() + days * day).toISOString().slice(0, 10));
    await cluster.pods.apply(await redisObjects(sized(4, { ...QUIET, dates })));
    await assert.rejects(
      cluster.pods.whenReady({ timeoutMs: 12_000 }),
      /nothing moves on \d{4}-\d\d-\d\d, which is frozen/,
    );
    assert.deepEqual(await owned(4), ['0-5460', '5461-10921', '10922-16383', '']);
  });

  it('moves nothing on a Saturday', async () => {
    const folder = join(cluster.dataDir, 'saturday');
    await mkdir(folder);
    await writeFile(join(folder, 'date'), '#!/bin/sh\ncase $* in *%u*) echo 6 ;; *) echo 2027-04-17 ;; esac\n');
    await chmod(join(folder, 'date'), 0o755);
    const nodes = shards(PLACE, 4).flatMap(({ index, name, slots }) =>
      [0, 1].map((ordinal) => `${index} ${formatSlots(slots)} ${cluster.pod(`${name}-${ordinal}`).ip}`),
    );
    const env = {
      ...process.env,
      PATH: `${folder}:${process.env['PATH']}`,
      NODES: nodes.join('\n'),
      PORT: '6379',
      CA_FILE: cluster.caFile,
      ZONE: 'GMT0BST,M3.5.0/1,M10.5.0',
      FROZEN: '',
      REDIS_USER: 'reshard',
      REDISCLI_AUTH: cluster.password('reshard'),
    };
    await assert.rejects(run('sh', [join(ROOT, 'components/redis/scripts/move-slots.sh')], { env }), {
      stdout: /nothing moves on a Saturday/,
    });
  });

  it('gives a fourth shard its part of the slots under load', async () => {
    await cluster.pods.apply(await redisObjects(sized(4)));
    await cluster.pods.whenReady({ timeoutMs: 100_000 });
    await assertOwned(4);
  });

  it('takes the fourth shard back under load, before its nodes end', async () => {
    const [three, four] = [await redisObjects(sized(3)), await redisObjects(sized(4))];
    const names = new Set(three.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
    // Pulumi deletes what is left over when everything else is done.
    const leftOver = four.filter(({ kind, metadata }) => !names.has(`${kind} ${metadata.name}`));
    assert.deepEqual(
      leftOver.filter(({ kind }) => kind === 'StatefulSet').map(({ metadata }) => metadata.name),
      ['redis-cache-3'],
    );
    await cluster.pods.apply([...three, ...leftOver]);
    await cluster.pods.whenReady({ timeoutMs: 100_000 });
    await assertOwned(3);
    await cluster.pods.apply(three);
    await cluster.pods.whenReady({ timeoutMs: 100_000 });
    const view = await cluster.redis('redis-cache-0-0', 'operator', 'cluster', 'nodes');
    assert.equal(view.split('\n').length, 6);
    assert.match(await cluster.redis('redis-cache-0-0', 'operator', 'cluster', 'info'), /cluster_slots_ok:16384/);
  });

  it('shows clients no error and loses nothing that was acknowledged', async () => {
    const lost = await load.end();
    assert.deepEqual(load.errors, []);
    assert.deepEqual(lost, []);
    assert.ok(load.writes > 500, `only ${load.writes} writes`);
  });
});
