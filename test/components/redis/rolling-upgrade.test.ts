import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { DURABLE } from '../../../services/cache-engine/src/adapters/redis/replicated-writer.ts';
import { PLACE, redisObjects, RunningCluster } from './running-cluster.ts';
import { CALLERS, SteadyLoad } from './steady-load.ts';

// In the queue only what a replica has confirmed counts.
for (const [profile, policy] of [
  ['cache', undefined],
  ['queue', DURABLE],
] as const)
  describe(`the rolling upgrade of a Redis Cluster of profile ${profile}`, function () {
    this.timeout(120_000);
    let cluster: RunningCluster;

    before(async () => (cluster = await RunningCluster.start({ profile })));
    after(() => cluster.stop());

    const nodes = () => cluster.pods.status().pods.filter(({ name }) => /-\d+-\d+$/.test(name));
    /** The nodes that are master of something, by the view of one. */
    const masters = async () => {
      const view = await cluster.redis('redis-cache-0-0', 'operator', 'cluster', 'nodes');
      const lines = view.split('\n').filter((line) => line.includes('master'));
      return lines.map((line) => nodes().find(({ ip }) => line.includes(` ${ip}:`))?.name ?? line);
    };

    it('replaces every node under load without an error, and loses nothing that was acknowledged', async () => {
      const processes = new Map(nodes().map(({ name, pids }) => [name, pids]));
      const replaced = await masters();
      const load = await SteadyLoad.start(cluster, policy);
      // What was acknowledged before must be there afterwards, too.
      while (load.writes < 100) await delay(10);
      const before = load.writes;
      // Another configuration is another template: Kubernetes replaces each Pod.
      await cluster.pods.apply(await redisObjects({ profile, extraConfiguration: ['slowlog-max-len 256'] }));
      await cluster.pods.whenReady({ timeoutMs: 90_000 });
      const during = load.writes - before;
      const lost = await load.end();
      assert.deepEqual(load.errors, []);
      assert.deepEqual(lost, []);
      // A machine that does much else writes less, but every caller goes on.
      assert.ok(during > CALLERS, `only ${during} writes on the way`);
      assert.equal(nodes().length, 6);
      for (const { name, pids } of nodes()) assert.notDeepEqual(pids, processes.get(name), name);
      assert.equal(replaced.length, 3);
      for (const name of replaced) {
        const log = cluster.pods.podLog(PLACE.namespace, name, 500).join('\n');
        assert.match(log, /Manual failover requested by replica/, `${name} was stopped before its replica took over`);
      }
    });
  });
