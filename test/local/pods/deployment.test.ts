import assert from 'node:assert/strict';
import { ask, podOf, processesOf, TestClusters, until } from '../../support/pods/cluster.ts';
import { deployment, NAMESPACE, service, webContainer } from '../../support/pods/manifests.ts';

describe('a Deployment on one machine', function () {
  this.timeout(30_000);
  const clusters = new TestClusters();
  afterEach(() => clusters.close());

  it('runs so many Pods, each on an address of its own, behind a Service on its port', async () => {
    const { cluster } = await clusters.open();
    await cluster.apply([deployment('web', webContainer('1'), { replicas: 2 }), service('web')]);
    await cluster.whenReady();
    const { pods, services } = cluster.status();
    assert.equal(new Set(pods.map(({ ip }) => ip)).size, 2);
    assert.ok(pods.every(({ ip, ready, restarts }) => ip.startsWith('127.77.') && ready && restarts === 0));
    assert.deepEqual(services[0]?.ready.toSorted(), pods.map(({ name }) => name).toSorted());
    const address = cluster.serviceAddress(NAMESPACE, 'web');
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(address)));
    const answering = new Set(answers.map(({ body }) => (JSON.parse(body) as { pod: string }).pod));
    assert.deepEqual(
      [...answering].sort(),
      pods.map(({ name }) => name).toSorted(),
      'connections go to the least busy',
    );
  });

  it('restarts a container that ends', async () => {
    const { cluster, log } = await clusters.open();
    await cluster.apply([deployment('web', webContainer('1')), service('web')]);
    await cluster.whenReady();
    const { ip, pids } = podOf(cluster, 'web');
    const before = log.length;
    await assert.rejects(ask(ip, '/exit', 8080));
    await log.next({ kind: 'ready', name: 'web' }, before);
    const after = podOf(cluster, 'web');
    assert.equal(after.restarts, 1);
    assert.equal(after.ip, ip);
    assert.notDeepEqual(after.pids, pids);
    assert.match(log.find({ kind: 'exited' })?.message ?? '', /exit code 3/);
  });

  it('waits longer and longer between restarts of a container that keeps failing, and says why it is not ready', async () => {
    const { cluster, log } = await clusters.open();
    const broken = webContainer('1', { command: ['sh', '-c', 'echo cannot find the venue list; exit 7'] });
    await cluster.apply([deployment('web', broken)]);
    await log.next({ kind: 'exited' }, log.events.indexOf(await log.next({ kind: 'exited' })) + 1);
    await assert.rejects(cluster.whenReady({ timeoutMs: 10 }), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'NOT_READY');
      assert.match(error.message, /Deployment web: 0 of 1 Pods are ready/);
      assert.match(
        error.message,
        /Pod shop\/web-\S+ \(Running, 1 restarts\): container web: exit code 7; restarts in 1 s/,
      );
      assert.match(error.message, /cannot find the venue list/);
      return true;
    });
  });

  it('gives a Service the Pods that are ready, and refuses connections when there is none', async () => {
    const { cluster, log } = await clusters.open();
    await cluster.apply([deployment('web', webContainer('1')), service('web')]);
    await cluster.whenReady();
    const address = cluster.serviceAddress(NAMESPACE, 'web');
    assert.equal((await ask(address)).status, 200);
    await ask(podOf(cluster, 'web').ip, '/not-ready', 8080);
    await log.next({ kind: 'not-ready' });
    await until(() => ask(address).then(() => false, ({ code }: NodeJS.ErrnoException) => code === 'ECONNREFUSED')); // prettier-ignore
    assert.deepEqual(cluster.status().services[0]?.ready, []);
    await ask(podOf(cluster, 'web').ip, '/make-ready', 8080);
    await until(() => cluster.status().services[0]?.ready.length === 1);
    await until(() => ask(address).then(() => true, () => false)); // prettier-ignore
    assert.equal(podOf(cluster, 'web').restarts, 0);
  });

  it('restarts a container whose liveness probe fails', async () => {
    const { cluster, log } = await clusters.open();
    const livenessProbe = {
      httpGet: { path: '/live', port: 8080 },
      periodSeconds: 1,
      timeoutSeconds: 1,
      failureThreshold: 1,
    };
    await cluster.apply([deployment('web', webContainer('1', { livenessProbe }))]);
    await cluster.whenReady();
    const { ip, pids } = podOf(cluster, 'web');
    const before = log.length;
    await ask(ip, '/hang', 8080);
    assert.match((await log.next({ kind: 'probe-failed' })).message, /liveness probe failed.*no answer in 1000 ms/);
    await log.next({ kind: 'ready' }, before);
    assert.notDeepEqual(podOf(cluster, 'web').pids, pids);
  });

  it('replaces its Pods without a failed request', async () => {
    const { cluster } = await clusters.open();
    const version = (name: string) =>
      deployment('web', webContainer(name, { lifecycle: { preStop: { sleep: { seconds: 0.2 } } } }), {
        replicas: 2,
        strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      });
    await cluster.apply([version('1'), service('web')]);
    await cluster.whenReady();
    const address = cluster.serviceAddress(NAMESPACE, 'web');
    const seen: Record<string, number> = {};
    let rolling = true;
    const client = async () => {
      while (rolling) {
        const { status, body } = await ask(address);
        assert.equal(status, 200);
        const { version: answering } = JSON.parse(body) as { version: string };
        seen[answering] = (seen[answering] ?? 0) + 1;
      }
    };
    const clients = Promise.all([client(), client(), client()]);
    await until(() => (seen['1'] ?? 0) > 20);
    await cluster.apply([version('2'), service('web')]);
    await Promise.race([cluster.whenReady(), clients]);
    await until(() => (seen['2'] ?? 0) > 20);
    rolling = false;
    await clients;
    assert.deepEqual(Object.keys(seen).sort(), ['1', '2']);
    assert.equal(cluster.status().pods.length, 2);
  });

  it('has the replicas its autoscaler asks for, but no more than the machine may run', async () => {
    const { cluster } = await clusters.open({ replicas: { maximum: 2 } });
    await cluster.apply([
      deployment('web', webContainer('1')),
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'web', namespace: NAMESPACE },
        spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas: 10, maxReplicas: 200 },
      },
    ]);
    await cluster.whenReady();
    assert.equal(cluster.status().pods.length, 2);
    assert.deepEqual(
      cluster.status().notRun.map(({ reason }) => reason),
      ['10 replicas wanted, 2 run on this machine'],
    );
  });

  it('removes the Pods of a Deployment that is gone', async () => {
    const { cluster, dataDir } = await clusters.open();
    await cluster.apply([deployment('web', webContainer('1')), deployment('other', webContainer('1'))]);
    await cluster.whenReady();
    await cluster.apply([deployment('other', webContainer('1'))]);
    await cluster.whenReady();
    assert.deepEqual(
      cluster.status().pods.map(({ owner }) => owner),
      ['Deployment shop/other'],
    );
    assert.deepEqual(processesOf(dataDir), podOf(cluster, 'other').pids);
  });
});
