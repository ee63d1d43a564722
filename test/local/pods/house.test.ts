import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LocalCluster } from '../../../local/pods/index.ts';
import { isAlive, podOf, processesOf, TestClusters, until } from '../../support/pods/cluster.ts';
import {
  deployment,
  scriptContainer,
  secret,
  service,
  serviceCertificate,
  statefulSet,
  webContainer,
} from '../../support/pods/manifests.ts';

const RUNNER = fileURLToPath(new URL('../../support/pods/runner.ts', import.meta.url));

/** Ignores SIGTERM, and has a child in a session of its own: the hardest to get rid of. */
const STUBBORN = `trap '' TERM; setsid sh -c 'trap "" TERM; while :; do sleep 0.1; done' & while :; do sleep 0.1; done`;

describe('the house of a cluster', function () {
  this.timeout(30_000);
  const clusters = new TestClusters();
  const children: ChildProcess[] = [];
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await clusters.close();
  });

  /** Runs a cluster in a process of its own. @returns the process, when the cluster is ready */
  async function startRunner(dataDir: string): Promise<ChildProcess> {
    const runner = spawn(process.execPath, [RUNNER, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(runner);
    await new Promise<void>((resolve, reject) => {
      runner.stdout?.on('data', (chunk: Buffer) => (chunk.includes('ready') ? resolve() : undefined));
      runner.once('exit', (code) => reject(new Error(`the runner ended with ${code}`)));
    });
    return runner;
  }

  it('leaves no process, no Secret and no lock when it is stopped', async () => {
    const { cluster, dataDir } = await clusters.open();
    const volumes = { volumes: [{ name: 'keys', secret: { secretName: 'keys' } }] };
    const mount = { volumeMounts: [{ name: 'keys', mountPath: '/keys' }] };
    await cluster.apply([
      secret('keys', { token: 'a-token-to-be-kept' }),
      deployment('web', webContainer('1', mount), { replicas: 2 }, volumes),
      deployment('stubborn', scriptContainer(STUBBORN), {}, { terminationGracePeriodSeconds: 1 }),
      service('web'),
    ]);
    await cluster.whenReady();
    assert.ok(processesOf(dataDir).length >= 4);
    await cluster.stop({ graceMs: 300 });
    assert.deepEqual(processesOf(dataDir), []);
    assert.deepEqual(filesContaining(dataDir, 'keys'), []);
    const again = await clusters.open({ dataDir });
    await again.cluster.stop();
  });

  it('keeps Secrets in memory, for the owner alone', async () => {
    const { cluster, dataDir } = await clusters.open();
    const show = scriptContainer('ls -ln /keys/token; cat /keys/token; echo; exec sleep 1000', {
      volumeMounts: [{ name: 'keys', mountPath: '/keys' }],
    });
    await cluster.apply([
      secret('keys', { token: 'a-token-to-be-kept' }),
      deployment('show', show, {}, { volumes: [{ name: 'keys', secret: { secretName: 'keys', defaultMode: 0o444 } }] }),
    ]);
    await cluster.whenReady();
    await until(() => cluster.podLog('shop', podOf(cluster, 'show').name).length === 2);
    const [listing = '', token] = cluster.podLog('shop', podOf(cluster, 'show').name);
    assert.equal(token, 'a-token-to-be-kept');
    assert.match(listing, /^-rw------- /);
    const onDisk = listing.includes(dataDir);
    assert.equal(onDisk, !existsSync('/dev/shm'));
    assert.equal(statSync(dataDir).mode & 0o777, 0o700);
  });

  it('lets one run have a data folder, and tells the second which process has it', async () => {
    const { dataDir } = await clusters.open();
    await assert.rejects(clusters.open({ dataDir }), (error: Error & { code?: string; pid?: number }) => {
      assert.equal(error.code, 'DATA_FOLDER_BUSY');
      assert.equal(error.pid, process.pid);
      assert.equal(
        error.message,
        `The data folder ${dataDir} is in use by another run (process ${process.pid}). Stop that run (Ctrl-C in its ` +
          `terminal, or kill ${process.pid}), or give this one a folder of its own.`,
      );
      return true;
    });
  });

  it('gives clusters that run at the same time different addresses', async () => {
    const opened = await Promise.all([clusters.open(), clusters.open(), clusters.open()]);
    const set = statefulSet('db', scriptContainer('exec sleep 1000'), { replicas: 1 });
    await Promise.all(opened.map(({ cluster }) => cluster.apply([set])));
    await Promise.all(opened.map(({ cluster }) => cluster.whenReady()));
    const addresses = opened.map(({ cluster }) => podOf(cluster, 'db').ip);
    assert.equal(new Set(addresses).size, 3);
  });

  it('refuses to start on other addresses than its data is bound to', async () => {
    const first = await clusters.open();
    await first.cluster.stop();
    const { block } = JSON.parse(readText(join(first.dataDir, 'network.json'))) as { block: number };
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(`\0wedsync/addresses/${block}`, resolve));
    try {
      await assert.rejects(clusters.open({ dataDir: first.dataDir }), {
        code: 'ADDRESS_BLOCK_TAKEN',
        message: /The addresses 127\.77\.\d+\.0\/22, which the data in .* is bound to, are in use by another run/,
      });
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
    const again = await clusters.open({ dataDir: first.dataDir });
    await again.cluster.stop();
  });

  it('leaves no process when it is killed', async () => {
    const dataDir = clusters.folder();
    const runner = await startRunner(dataDir);
    const pids = processesOf(dataDir);
    assert.ok(pids.length >= 3, 'web, the stubborn one and its child');
    runner.kill('SIGKILL');
    await until(() => pids.every((pid) => !isAlive(pid)));
    assert.deepEqual(processesOf(dataDir), []);
  });

  it('sweeps at its start what an earlier run left, redis-server too, which hides its environment', async () => {
    const dataDir = clusters.folder();
    const runner = await startRunner(dataDir);
    const redis = processesOf(dataDir).find((pid) => readText(`/proc/${pid}/cmdline`).includes('redis-server'));
    assert.ok(redis !== undefined);
    assert.ok(!readText(`/proc/${redis}/environ`).includes('WEDSYNC_RUN'));
    process.kill(redis, 'SIGSTOP'); // deaf to SIGTERM
    process.kill(runner.pid ?? 0, 'SIGSTOP'); // cannot start a second reaper
    process.kill(reaperOf(runner), 'SIGKILL');
    runner.kill('SIGKILL');
    await once(runner, 'exit');
    assert.ok(isAlive(redis));
    const { log } = await clusters.open({ dataDir });
    assert.deepEqual(processesOf(dataDir), []);
    assert.ok(!isAlive(redis));
    assert.ok(log.find({ kind: 'swept', name: `${redis}` }));
  });

  it('refuses a data folder whose path would break the commands it is put into', async () => {
    const dataDir = join(clusters.folder(), 'my wedding data');
    mkdirSync(dataDir);
    await assert.rejects(clusters.open({ dataDir }), {
      code: 'DATA_FOLDER_UNUSABLE',
      message: /characters in its path/,
    });
  });

  it('refuses a data folder that is a file', async () => {
    const dataDir = join(clusters.folder(), 'file');
    writeFileSync(dataDir, '');
    await assert.rejects(clusters.open({ dataDir }), {
      code: 'DATA_FOLDER_UNUSABLE',
      message: /cannot be used: EEXIST/,
    });
  });

  it('makes a folder of others its own', async () => {
    const dataDir = clusters.folder();
    chmodSync(dataDir, 0o755);
    await clusters.open({ dataDir });
    assert.equal(statSync(dataDir).mode & 0o777, 0o700);
  });

  for (const stage of [0, 2, 5, 10, 20, 40, 80, 160]) {
    it(`leaves nothing behind when it is interrupted ${stage} ms after its start`, async () => {
      const dataDir = clusters.folder();
      const controller = new AbortController();
      const { signal } = controller;
      setTimeout(() => controller.abort(), stage);
      const opened: LocalCluster[] = [];
      const start = async () => {
        const { cluster } = await clusters.open({ dataDir, signal });
        opened.push(cluster);
        await cluster.apply([deployment('web', webContainer('1'), { replicas: 2 }), ...serviceCertificate('web')]);
        await cluster.whenReady({ signal });
        if (!signal.aborted) await once(signal, 'abort');
      };
      await start().catch((error: Error & { code?: unknown }) => {
        assert.ok(error.name === 'AbortError' || error.code === 'CLUSTER_STOPPED', error.stack);
      });
      await opened[0]?.stop();
      assert.deepEqual(processesOf(dataDir), []);
      const again = await clusters.open({ dataDir });
      await again.cluster.stop();
    });
  }

  it('stops when the signal it was given aborts, also while it waits to be ready', async () => {
    const controller = new AbortController();
    const { cluster, dataDir } = await clusters.open({ signal: controller.signal });
    await cluster.apply([deployment('web', webContainer('1', { env: [{ name: 'READY', value: 'no' }] }))]);
    const waiting = cluster.whenReady();
    controller.abort();
    await assert.rejects(waiting, { code: 'CLUSTER_STOPPED' });
    await cluster.stop();
    assert.deepEqual(processesOf(dataDir), []);
    await assert.rejects(cluster.apply([]), { code: 'CLUSTER_STOPPED' });
  });
});

/** The process that ends a run's Pods should the run be killed. */
function reaperOf(runner: ChildProcess): number {
  const children = readText(`/proc/${runner.pid}/task/${runner.pid}/children`).trim().split(' ').map(Number);
  const reaper = children.find((pid) => readText(`/proc/${pid}/cmdline`).includes('reaper.sh'));
  assert.ok(reaper !== undefined);
  return reaper;
}

function readText(file: string): string {
  return readFileSync(file, 'latin1');
}

function filesContaining(folder: string, name: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.split('/').includes(name));
}
