import assert from 'node:assert/strict';
import { ask, TestClusters, type EventLog } from '../../support/pods/cluster.ts';
import { NAMESPACE, scriptContainer, service, statefulSet, webContainer } from '../../support/pods/manifests.ts';

const headless = (name: string) => service(name, { clusterIP: 'None' });
const orderOf = (log: EventLog, kind: 'started' | 'ready') =>
  log.events.filter((event) => event.kind === kind).map(({ name }) => name);

describe('a StatefulSet on one machine', function () {
  this.timeout(30_000);
  const clusters = new TestClusters();
  afterEach(() => clusters.close());

  it('starts its Pods one after the other, each when the one before is ready', async () => {
    const { cluster, log } = await clusters.open();
    await cluster.apply([statefulSet('db', webContainer('1'), { replicas: 3 }), headless('db')]);
    await cluster.whenReady();
    const order = log.events.filter(({ kind }) => kind === 'started' || kind === 'ready');
    assert.deepEqual(
      order.map(({ kind, name }) => `${kind} ${name}`),
      ['started db-0', 'ready db-0', 'started db-1', 'ready db-1', 'started db-2', 'ready db-2'],
    );
  });

  it('starts its Pods all at once when they are managed in parallel', async () => {
    const { cluster, log } = await clusters.open();
    const parallel = { replicas: 3, podManagementPolicy: 'Parallel' };
    await cluster.apply([statefulSet('db', webContainer('1'), parallel), headless('db')]);
    await cluster.whenReady();
    const firstReady = log.events.findIndex(({ kind }) => kind === 'ready');
    const startedBefore = log.events.slice(0, firstReady).filter(({ kind }) => kind === 'started');
    assert.equal(startedBefore.length, 3);
  });

  it('replaces its Pods from the highest ordinal down, one at a time, at the same addresses', async () => {
    const { cluster, log } = await clusters.open();
    const set = (version: string) => [statefulSet('db', webContainer(version), { replicas: 3 }), headless('db')];
    await cluster.apply(set('1'));
    await cluster.whenReady();
    const addresses = new Map(cluster.status().pods.map(({ name, ip }) => [name, ip]));
    const before = log.length;
    await cluster.apply(set('2'));
    await cluster.whenReady();
    const later = log.events.slice(before).filter(({ kind }) => kind === 'stopped' || kind === 'ready');
    assert.deepEqual(
      later.map(({ kind, name }) => `${kind} ${name}`),
      ['stopped db-2', 'ready db-2', 'stopped db-1', 'ready db-1', 'stopped db-0', 'ready db-0'],
    );
    for (const { name, ip } of cluster.status().pods) {
      assert.equal(ip, addresses.get(name));
      assert.equal((JSON.parse((await ask(ip, '/', 8080)).body) as { version: string }).version, '2');
    }
  });

  it('keeps its volumes and addresses when the cluster is started again', async () => {
    const script = 'echo "started on $POD_IP" >> /data/history; cat /data/history; exec sleep 1000';
    const env = [{ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }];
    const readinessProbe = { exec: { command: ['test', '-s', '/data/history'] } };
    const volumeMounts = [{ name: 'data', mountPath: '/data' }];
    const container = scriptContainer(script, { env, volumeMounts, readinessProbe });
    const objects = [
      statefulSet('db', container, { volumeClaimTemplates: [{ metadata: { name: 'data' } }] }),
      headless('db'),
    ];
    const first = await clusters.open();
    await first.cluster.apply(objects);
    await first.cluster.whenReady();
    const addresses = first.cluster.status().pods.map(({ name, ip }) => [name, ip]);
    await first.cluster.stop({ graceMs: 1000 });

    const second = await clusters.open({ dataDir: first.dataDir });
    await second.cluster.apply(objects);
    await second.cluster.whenReady();
    assert.deepEqual(
      second.cluster.status().pods.map(({ name, ip }) => [name, ip]),
      addresses,
    );
    const line = `started on ${addresses[1]?.[1]}`;
    assert.deepEqual(
      await lines(second.cluster, 'db-1', 3),
      [line, line, line],
      'one of the first run, two of the second',
    );
  });

  it('gives each Pod its name, its ordinal and the names of its peers as addresses', async () => {
    const { cluster } = await clusters.open();
    const peers = [0, 1].map((ordinal) => `db-${ordinal}.db.${NAMESPACE}.svc.cluster.local:8080`).join(',');
    const env = [
      { name: 'PEERS', value: peers },
      { name: 'ORDINAL', valueFrom: { fieldRef: { fieldPath: "metadata.labels['apps.kubernetes.io/pod-index']" } } },
    ];
    await cluster.apply([statefulSet('db', webContainer('1', { env })), headless('db')]);
    await cluster.whenReady();
    const pods = cluster.status().pods.toSorted((a, b) => a.name.localeCompare(b.name));
    const answer = JSON.parse((await ask(pods[1]?.ip ?? '', '/env', 8080)).body) as { env: Record<string, string> };
    assert.equal(answer.env['PEERS'], pods.map(({ ip }) => `${ip}:8080`).join(','));
    assert.equal(answer.env['ORDINAL'], '1');
    assert.equal(answer.env['POD'], 'db-1');
  });

  it('takes Pods away from the top when it shrinks', async () => {
    const { cluster, log } = await clusters.open();
    await cluster.apply([statefulSet('db', webContainer('1'), { replicas: 3 }), headless('db')]);
    await cluster.whenReady();
    await cluster.apply([statefulSet('db', webContainer('1'), { replicas: 1 }), headless('db')]);
    await cluster.whenReady();
    assert.deepEqual(
      cluster.status().pods.map(({ name }) => name),
      ['db-0'],
    );
    assert.deepEqual(
      log.events.filter(({ kind }) => kind === 'stopped').map(({ name }) => name),
      ['db-2', 'db-1'],
    );
    assert.equal(orderOf(log, 'started').filter((name) => name === 'db-0').length, 1, 'the first was left alone');
  });
});

/** A Pod's log, once it has so many lines. */
async function lines(
  cluster: { podLog(ns: string, pod: string): string[] },
  pod: string,
  count: number,
): Promise<string[]> {
  for (;;) {
    const log = cluster.podLog(NAMESPACE, pod);
    if (log.length >= count) return log;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
