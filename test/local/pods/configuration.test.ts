import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import type { LocalCluster } from '../../../local/pods/index.ts';
import { ask, podOf, TestClusters, until } from '../../support/pods/cluster.ts';
import { ManualClock } from '../../support/pods/manual-clock.ts';
import {
  configMap,
  deployment,
  IMAGE,
  NAMESPACE,
  scriptContainer,
  secret,
  service,
  serviceCertificate,
  webContainer,
} from '../../support/pods/manifests.ts';

interface Environment {
  readonly env: Record<string, string>;
  readonly argv: readonly string[];
  readonly cwd: string;
}

const environmentOf = async (cluster: LocalCluster): Promise<Environment> =>
  JSON.parse((await ask(podOf(cluster, 'web').ip, '/env', 8080)).body) as Environment;

/** A web server that answers /config with the mounted file. */
const configured = (mountChanges: Record<string, unknown> = {}) =>
  deployment(
    'web',
    webContainer('1', {
      env: [{ name: 'CONFIG', value: '/etc/web/web.conf' }],
      volumeMounts: [{ name: 'config', mountPath: '/etc/web', ...mountChanges }],
    }),
    {},
    { volumes: [{ name: 'config', configMap: { name: 'web' } }] },
  );

describe('the configuration of Pods on one machine', function () {
  this.timeout(30_000);
  const clusters = new TestClusters();
  afterEach(() => clusters.close());

  it('mounts a ConfigMap with names as addresses and paths as folders, and renews it when it changes', async () => {
    const { cluster } = await clusters.open();
    const objects = (text: string) => [configured(), service('web'), configMap('web', { 'web.conf': text })];
    await cluster.apply(objects('origin http://web:8000/x in /etc/web/cache'));
    await cluster.whenReady();
    const { ip, pids } = podOf(cluster, 'web');
    const address = cluster.serviceAddress(NAMESPACE, 'web');
    const { body } = await ask(ip, '/config', 8080);
    assert.match(body, new RegExp(`^origin http://${address}:8000/x in /.+/cache$`));
    assert.ok(!body.includes('/etc/web'));
    await cluster.apply(objects('second text'));
    assert.equal((await ask(ip, '/config', 8080)).body, 'second text');
    assert.deepEqual(podOf(cluster, 'web').pids, pids, 'without a restart');
  });

  it('never renews a file that is mounted by subPath, as the kubelet does not', async () => {
    const { cluster } = await clusters.open();
    const mount = { mountPath: '/etc/web/web.conf', subPath: 'web.conf' };
    await cluster.apply([configured(mount), configMap('web', { 'web.conf': 'first', other: 'x' })]);
    await cluster.whenReady();
    await cluster.apply([configured(mount), configMap('web', { 'web.conf': 'second', other: 'x' })]);
    assert.equal((await ask(podOf(cluster, 'web').ip, '/config', 8080)).body, 'first');
  });

  it('renews a certificate in time, in the mounted files too', async () => {
    const clock = new ManualClock('2026-07-04T12:00:00Z');
    const { cluster, log } = await clusters.open({ clock });
    const container = webContainer('1', {
      env: [{ name: 'CONFIG', value: '/tls/tls.crt' }],
      volumeMounts: [{ name: 'tls', mountPath: '/tls' }],
    });
    const volumes = [{ name: 'tls', secret: { secretName: 'web-tls' } }];
    await cluster.apply([deployment('web', container, {}, { volumes }), ...serviceCertificate('web')]);
    await cluster.whenReady();
    const { ip, pids } = podOf(cluster, 'web');
    const validity = async () => new X509Certificate((await ask(ip, '/config', 8080)).body).validFrom;
    assert.equal(await validity(), 'Jul  4 11:59:00 2026 GMT');
    const before = log.length;
    clock.moveTo('2026-09-02T12:00:00Z'); // two thirds of the 90 days that it is good for
    await log.next({ kind: 'certificate', name: 'web-tls' }, before);
    await until(async () => (await validity()) === 'Sep  2 11:59:00 2026 GMT');
    assert.deepEqual(podOf(cluster, 'web').pids, pids, 'without a restart');
  });

  it('waits for a ConfigMap or Secret that does not exist yet, and says for which', async () => {
    const { cluster, log } = await clusters.open();
    await cluster.apply([configured()]);
    assert.equal(
      (await log.next({ kind: 'waiting' })).message,
      'waits for ConfigMap shop/web, which does not exist yet',
    );
    await assert.rejects(
      cluster.whenReady({ timeoutMs: 1 }),
      /Pod shop\/web-\S+ \(Pending, 0 restarts\): waits for ConfigMap/,
    );
    await cluster.apply([configured(), configMap('web', { 'web.conf': 'now' })]);
    await cluster.whenReady();
    assert.equal((await ask(podOf(cluster, 'web').ip, '/config', 8080)).body, 'now');
  });

  it('makes the environment as the kubelet does', async () => {
    const { cluster } = await clusters.open();
    const env = [
      { name: 'FROM_KEY', valueFrom: { configMapKeyRef: { name: 'settings', key: 'season' } } },
      { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'login', key: 'password' } } },
      { name: 'ABSENT', valueFrom: { secretKeyRef: { name: 'login', key: 'nothing', optional: true } } },
      { name: 'COMPOSED', value: '$(POD) $(PASSWORD) $$(POD) $(UNKNOWN)' },
      { name: 'ORIGIN', value: 'http://web.shop.svc.cluster.local/' },
      { name: 'NODE_OF', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      { name: 'MEMORY', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } },
    ];
    const container = webContainer('1', {
      env,
      envFrom: [{ configMapRef: { name: 'settings' }, prefix: 'SET_' }, { secretRef: { name: 'login' } }],
      args: ['--pod=$(POD)', '/app/x'],
      resources: { limits: { memory: '1.5Gi' } },
      workingDir: '/app',
    });
    await cluster.apply([
      deployment('web', container),
      service('web'),
      configMap('settings', { season: 'peak', host: 'web:8000' }),
      secret('login', { password: '/app/is-not-a-path', user: 'anna' }),
    ]);
    await cluster.whenReady();
    const { name } = podOf(cluster, 'web');
    const { env: seen, argv, cwd } = await environmentOf(cluster);
    const address = cluster.serviceAddress(NAMESPACE, 'web');
    assert.equal(seen['FROM_KEY'], 'peak');
    assert.equal(seen['SET_season'], 'peak');
    assert.equal(seen['SET_host'], `${address}:8000`);
    assert.equal(seen['user'], 'anna');
    assert.equal(seen['PASSWORD'], '/app/is-not-a-path', 'a password is never rewritten');
    assert.equal('ABSENT' in seen, false);
    assert.ok(seen['COMPOSED']?.startsWith(`${name} `) && seen['COMPOSED'].endsWith(' $(POD) $(UNKNOWN)'));
    assert.equal(seen['ORIGIN'], `http://${address}/`);
    assert.equal(seen['NODE_OF'], 'local');
    assert.equal(seen['MEMORY'], '1536');
    assert.equal('npm_config_registry' in seen || 'SHELL' in seen, false, "nothing of this process' environment");
    assert.deepEqual(argv, [`--pod=${name}`, `${cwd}/x`]);
  });

  it('runs init containers in order, with a volume shared with the main one', async () => {
    const { cluster } = await clusters.open();
    const volumeMounts = [{ name: 'work', mountPath: '/work' }];
    const step = (name: string, word: string) => scriptContainer(`echo ${word} >> /work/words`, { name, volumeMounts });
    const main = webContainer('1', { env: [{ name: 'CONFIG', value: '/work/words' }], volumeMounts });
    await cluster.apply([
      deployment('web', main, {}, {
        volumes: [{ name: 'work', emptyDir: {} }],
        initContainers: [step('first', 'something'), step('second', 'borrowed')],
      }),
    ]); // prettier-ignore
    await cluster.whenReady();
    assert.equal((await ask(podOf(cluster, 'web').ip, '/config', 8080)).body, 'something\nborrowed\n');
  });

  it('keeps a sidecar running beside the main container', async () => {
    const { cluster } = await clusters.open();
    const sidecar = scriptContainer('echo beside; exec sleep 1000', { name: 'beside', restartPolicy: 'Always' });
    await cluster.apply([deployment('web', webContainer('1'), {}, { initContainers: [sidecar] })]);
    await cluster.whenReady();
    const { pids, name } = podOf(cluster, 'web');
    assert.equal(pids.length, 2);
    await until(() => cluster.podLog(NAMESPACE, name).includes('beside: beside'));
  });

  it('mounts items of several objects in one projected volume', async () => {
    const { cluster } = await clusters.open();
    const script = 'cat /all/a /all/deep/b /all/labels; exec sleep 1000';
    const container = scriptContainer(script, { volumeMounts: [{ name: 'all', mountPath: '/all' }] });
    const sources = [
      { configMap: { name: 'one', items: [{ key: 'x', path: 'a' }] } },
      { secret: { name: 'two', items: [{ key: 'y', path: 'deep/b' }] } },
      { downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: "metadata.labels['app']" } }] } },
    ];
    await cluster.apply([
      deployment('web', container, {}, { volumes: [{ name: 'all', projected: { sources } }] }),
      configMap('one', { x: 'of the map\n', hidden: 'h' }),
      secret('two', { y: 'of the secret\n' }),
    ]);
    await cluster.whenReady();
    const { name } = podOf(cluster, 'web');
    await until(() => cluster.podLog(NAMESPACE, name).length === 3);
    assert.deepEqual(cluster.podLog(NAMESPACE, name), ['of the map', 'of the secret', 'web']);
  });

  it('does not run what needs an image that is not in the catalogue, and says so at once', async () => {
    const { cluster } = await clusters.open();
    await cluster.apply([deployment('web', webContainer('1', { image: 'ghcr.io/other/thing:2@sha256:00' }))]);
    await assert.rejects(cluster.whenReady(), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'NOT_READY');
      assert.match(
        error.message,
        /Deployment shop\/web: image ghcr\.io\/other\/thing of container web is not in this machine's/,
      );
      assert.match(error.message, new RegExp(`known: docker.io/library/redis, ${IMAGE}`));
      return true;
    });
    assert.deepEqual(cluster.status().pods, []);
  });

  it('leaves out a container that the catalogue says is not for this machine, and lists it', async () => {
    const unavailable = 'the exporter has no package for this machine';
    const images = { [IMAGE]: { paths: { '/app': import.meta.dirname } }, 'oliver006/redis_exporter': { unavailable } };
    const { cluster } = await clusters.open({ images });
    const exporter = { name: 'exporter', image: 'oliver006/redis_exporter:v1' };
    const main = scriptContainer('exec sleep 1000');
    await cluster.apply([
      deployment('web', main, { template: { spec: { containers: [main, exporter] } } }),
      deployment('alone', exporter),
    ]);
    await cluster.whenReady();
    assert.deepEqual(
      cluster.status().notRun.map(({ name, reason }) => [name, reason]),
      [
        ['web', `the container exporter is left out: ${unavailable}`],
        ['alone', unavailable],
      ],
    );
    assert.equal(cluster.status().pods.length, 1);
  });

  it('lists what it cannot run, and what it does not enforce', async () => {
    const { cluster } = await clusters.open();
    const metadata = { name: 'x', namespace: NAMESPACE };
    await cluster.apply([
      { apiVersion: 'helm.sh/v3', kind: 'Release', metadata },
      { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata },
      service('dns', { ports: [{ port: 53, protocol: 'UDP' }] }),
    ]);
    await cluster.whenReady();
    const { notRun, notEnforced } = cluster.status();
    assert.deepEqual(
      notRun.map(({ kind, reason }) => [kind, reason]),
      [
        ['Release', 'nothing on this machine runs helm.sh/v3 Release'],
        ['Service', 'its port 53/UDP is left out: only TCP is balanced here'],
      ],
    );
    assert.deepEqual(notEnforced, ['NetworkPolicy: 1 objects']);
  });

  it('refuses objects that lack what their kind needs, before anything changes', async () => {
    const { cluster } = await clusters.open();
    await cluster.apply([deployment('web', webContainer('1'))]);
    const empty = deployment('web', webContainer('1'), { template: { spec: { containers: [] } } });
    for (const [objects, message] of [
      [[empty], 'Deployment shop/web: its Pod template has no containers; at least one is needed.'],
      [[service('web'), service('web')], 'Service shop/web: is there twice; a name is unique in its namespace.'],
      [[service('web', { ports: [{ port: 0 }] })], 'Service shop/web: port 0 is not a number from 1 to 65535.'],
    ] as const) {
      await assert.rejects(cluster.apply(objects), { code: 'INVALID_OBJECT', message });
    }
    await cluster.whenReady();
    assert.equal(cluster.status().pods.length, 1);
  });
});
