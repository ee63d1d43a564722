import assert from 'node:assert/strict';
import { TestClusters } from '../../support/pods/cluster.ts';
import { ManualClock } from '../../support/pods/manual-clock.ts';
import { cronJob, job, NAMESPACE } from '../../support/pods/manifests.ts';

describe('a Job on one machine', function () {
  this.timeout(30_000);
  const clusters = new TestClusters();
  afterEach(() => clusters.close());

  it('runs to completion once, and not again on the next start', async () => {
    const first = await clusters.open();
    await first.cluster.apply([job('seed', 'echo seeded')]);
    await first.cluster.whenReady();
    assert.equal(first.cluster.status().jobs[0]?.state, 'complete');
    const started = await first.log.next({ kind: 'started' });
    assert.deepEqual(first.cluster.podLog(NAMESPACE, started.name), ['seeded']);
    await first.cluster.stop();

    const second = await clusters.open({ dataDir: first.dataDir });
    await second.cluster.apply([job('seed', 'echo seeded')]);
    await second.cluster.whenReady();
    assert.equal(second.log.find({ kind: 'started' }), undefined);
  });

  it('runs again when its spec has changed', async () => {
    const { cluster, log } = await clusters.open();
    await cluster.apply([job('seed', 'echo first')]);
    await cluster.whenReady();
    const before = log.length;
    await cluster.apply([job('seed', 'echo second')]);
    await cluster.whenReady();
    const started = await log.next({ kind: 'started' }, before);
    assert.deepEqual(cluster.podLog(NAMESPACE, started.name), ['second']);
  });

  it('tries again after a failure', async () => {
    const { cluster, dataDir } = await clusters.open();
    await cluster.apply([job('seed', `[ -e ${dataDir}/tried ] || { touch ${dataDir}/tried; exit 1; }`)]);
    await cluster.whenReady();
    assert.deepEqual(cluster.status().jobs, [{ namespace: NAMESPACE, name: 'seed', state: 'complete', failures: 1 }]);
  });

  it('fails for good after as many failures as its back-off limit allows, with the reason', async () => {
    const { cluster } = await clusters.open();
    await cluster.apply([job('seed', 'echo the vendor list is empty; exit 4', { backoffLimit: 0 })]);
    await assert.rejects(cluster.whenReady(), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'NOT_READY');
      assert.match(error.message, /Job seed failed: container script: exit code 4\s+the vendor list is empty/);
      return true;
    });
    assert.equal(cluster.status().jobs[0]?.failures, 1);
  });

  it('restarts the container in its Pod under OnFailure, within the same limit', async () => {
    const { cluster, log } = await clusters.open();
    await cluster.apply([job('seed', 'exit 4', { backoffLimit: 1 }, { restartPolicy: 'OnFailure' })]);
    await assert.rejects(cluster.whenReady(), { code: 'NOT_READY' });
    const starts = log.events.filter(({ kind }) => kind === 'started');
    assert.equal(starts.length, 2);
    assert.equal(new Set(starts.map(({ name }) => name)).size, 1, 'in the same Pod');
  });

  it('is ended by its deadline', async () => {
    const { cluster } = await clusters.open();
    await cluster.apply([job('seed', 'exec sleep 1000', { activeDeadlineSeconds: 0.1 })]);
    await assert.rejects(cluster.whenReady(), { message: /ran longer than its deadline of 0.1 s/ });
  });

  it('runs as many completions as it asks for, so many at a time', async () => {
    const { cluster, log } = await clusters.open();
    await cluster.apply([job('seed', 'true', { completions: 3, parallelism: 2 })]);
    await cluster.whenReady();
    const names = log.events.filter(({ kind }) => kind === 'started').map(({ name }) => name);
    assert.equal(new Set(names).size, 3);
  });
});

describe('a CronJob on one machine', function () {
  this.timeout(30_000);
  const clusters = new TestClusters();
  afterEach(() => clusters.close());

  it('starts a Job whenever its schedule says so, in its time zone', async () => {
    const clock = new ManualClock('2026-07-03T16:59:00Z');
    const { cluster, log } = await clusters.open({ clock });
    await cluster.apply([cronJob('freeze', '0 18 * * 5', 'echo frozen', { timeZone: 'Europe/London' })]);
    await cluster.whenReady();
    assert.deepEqual(cluster.status().jobs, []);
    clock.moveTo('2026-07-03T17:00:00Z');
    const completed = await log.next({ kind: 'completed' });
    assert.equal(completed.name, `freeze-${Date.parse('2026-07-03T17:00:00Z') / 60_000}`);
    const before = log.length;
    clock.moveTo('2026-07-10T17:00:00Z');
    await log.next({ kind: 'completed' }, before);
  });

  it('does not start a second Job beside a running one when that is forbidden', async () => {
    const clock = new ManualClock('2026-07-03T10:00:30Z');
    const { cluster, log } = await clusters.open({ clock });
    await cluster.apply([
      cronJob('heal', '* * * * *', 'exec sleep 1000', { concurrencyPolicy: 'Forbid' }),
      cronJob('count', '* * * * *', 'true'),
    ]);
    for (const minute of ['01', '02', '03']) {
      const before = log.length;
      clock.moveTo(`2026-07-03T10:${minute}:00Z`);
      await log.next({ kind: 'completed', name: 'count' }, before);
    }
    assert.equal(log.events.filter(({ kind, name }) => kind === 'started' && name.startsWith('heal')).length, 1);
  });

  it('keeps the newest of its finished Jobs, and their logs, at the same address', async () => {
    const clock = new ManualClock('2026-07-03T10:00:30Z');
    const { cluster, log } = await clusters.open({ clock });
    const env = [{ name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }];
    const heal = cronJob('heal', '* * * * *', 'echo', { successfulJobsHistoryLimit: 2 }) as unknown as {
      spec: { jobTemplate: { spec: { template: { spec: { containers: Record<string, unknown>[] } } } } };
    };
    Object.assign(heal.spec.jobTemplate.spec.template.spec.containers[0] ?? {}, {
      env,
      command: ['sh', '-c', 'echo $IP'],
    });
    await cluster.apply([heal as never]);
    for (const minute of ['01', '02', '03', '04']) {
      const before = log.length;
      clock.moveTo(`2026-07-03T10:${minute}:00Z`);
      await log.next({ kind: 'stopped' }, before);
    }
    assert.equal(cluster.status().jobs.length, 2);
    const pods = log.events.filter(({ kind }) => kind === 'stopped').map(({ name }) => name);
    const logs = pods.map((pod) => cluster.podLog(NAMESPACE, pod));
    assert.deepEqual(logs.slice(0, 2), [[], []]);
    assert.equal(new Set(logs.slice(2).flat()).size, 1);
  });

  it('is refused with its schedule and what is expected when that cannot be read', async () => {
    const { cluster } = await clusters.open();
    await assert.rejects(
      cluster.apply([cronJob('heal', 'every minute', 'true')]),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, 'INVALID_OBJECT');
        assert.match(error.message, /^CronJob shop\/heal: schedule "every minute" .* Five fields are expected/);
        return true;
      },
    );
  });
});
