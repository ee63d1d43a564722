import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LocalCluster } from '../../../local/pods/index.ts';
import { processesOf, TestClusters } from '../../support/pods/cluster.ts';
import { redis, redisCluster } from '../../support/pods/redis-cluster.ts';

const run = promisify(execFile);

/** What a client hears while nodes that were just restarted find each other again, and asks once more. */
const UNSETTLED = /CLUSTERDOWN|Could not connect|MASTERDOWN|LOADING/;

describe('a Redis cluster of six real servers', function () {
  this.timeout(60_000);
  const clusters = new TestClusters();
  afterEach(() => clusters.close());

  /** Makes the function that asks a Pod by redis-cli, which verifies its certificate by its address. */
  function client(cluster: LocalCluster, folder: string) {
    const ca = join(folder, 'ca-of-test.crt');
    writeFileSync(ca, cluster.read('Secret', redis.namespace, 'redis-tls', 'ca.crt') ?? '');
    return async (pod: string, ...command: string[]): Promise<string> => {
      const { ip = '' } = cluster.status().pods.find(({ name }) => name === pod) ?? {};
      const options = ['-h', ip, '-c', '--tls', '--cacert', ca, '--user', 'app', '--no-auth-warning'];
      const env = { PATH: process.env['PATH'], REDISCLI_AUTH: redis.password };
      for (;;) {
        const answer = await run('redis-cli', [...options, ...command], { env }).then(
          ({ stdout }) => stdout.trim(),
          String,
        );
        if (!UNSETTLED.test(answer)) return answer;
      }
    };
  }

  it('forms by its Job, keeps what was written through a rolling replacement and a second start', async () => {
    const first = await clusters.open();
    await first.cluster.apply(redisCluster());
    await first.cluster.whenReady({ timeoutMs: 30_000 });
    const { pods } = first.cluster.status();
    assert.equal(pods.filter(({ ready }) => ready).length, redis.replicas);
    const ask = client(first.cluster, first.dataDir);
    const guests = Array.from({ length: 50 }, (_, index) => `guest-${index}`);
    for (const guest of guests) assert.equal(await ask('redis-0-0', 'SET', guest, `table of ${guest}`), 'OK');

    await first.cluster.apply(redisCluster('2'));
    await first.cluster.whenReady({ timeoutMs: 30_000 });
    const replaced = first.log.events.filter(({ kind, name }) => kind === 'stopped' && name.startsWith('redis-'));
    assert.equal(new Set(replaced.map(({ name }) => name)).size, redis.replicas);
    for (const guest of guests) assert.equal(await ask('redis-2-1', 'GET', guest), `table of ${guest}`);
    await first.cluster.stop({ graceMs: 3000 }); // Redis refuses SIGTERM while it rewrites its AOF
    assert.deepEqual(processesOf(first.dataDir), []);

    const second = await clusters.open({ dataDir: first.dataDir });
    await second.cluster.apply(redisCluster('2'));
    await second.cluster.whenReady({ timeoutMs: 30_000 });
    assert.equal(second.log.find({ kind: 'started', name: 'form' }), undefined, 'the Job was complete');
    const askAgain = client(second.cluster, second.dataDir);
    for (const guest of guests) assert.equal(await askAgain('redis-1-1', 'GET', guest), `table of ${guest}`);
  });
});
