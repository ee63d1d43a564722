import { output } from '@pulumi/pulumi';
import { dateIn, type TimeZone } from '@wedsync/domain';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { EXPORTER_USER } from '../../../components/redis/acl.ts';
import { quietDays } from '../../../components/redis/quiet-days.ts';
import type { RedisClusterArgs } from '../../../components/redis/redis-cluster.ts';
import type { KubernetesObject } from '../../../local/pods/index.ts';
import { findRunnable } from '../../../local/pods/runnable.ts';
import { redisObjects } from './running-cluster.ts';

interface Container {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly valueFrom?: { readonly secretKeyRef?: { name: string } } }[];
}
interface Loose extends KubernetesObject {
  readonly data: Readonly<Record<string, string>>;
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly [Container, ...Container[]];
        readonly volumes: readonly { readonly name: string; readonly secret?: { readonly secretName: string } }[];
      };
    };
    readonly resources: unknown;
    readonly endpoints: readonly Readonly<Record<string, unknown>>[];
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
  };
}

/** The objects of a kind that the component makes. */
async function made(kind: string, changes: Partial<RedisClusterArgs> = {}): Promise<Loose[]> {
  const objects = await redisObjects(changes);
  return objects.filter((object) => object.kind === kind) as unknown as Loose[];
}

function secretOf(object: Loose | undefined, volume: string): string | undefined {
  return object?.spec.template.spec.volumes.find(({ name }) => name === volume)?.secret?.secretName;
}

describe('the Redis Cluster component', () => {
  it('puts an exporter beside each node, over TLS 1.3, as a user that sees no data', async () => {
    const sets = await made('StatefulSet');
    for (const { spec } of sets) {
      const exporter = spec.template.spec.containers[1];
      assert.equal(exporter?.name, 'exporter');
      assert.ok(exporter.args.includes('--tls-server-min-version=TLS1.3'));
      assert.ok(exporter.args.some((arg) => arg.startsWith('--redis.addr=rediss://')));
      assert.ok(exporter.args.includes('--redis.user=exporter'));
    }
    assert.equal(EXPORTER_USER.keys, undefined);
    assert.deepEqual(
      (await made('StatefulSet', { exporterImage: undefined }))[0]?.spec.template.spec.containers.length,
      1,
    );
  });

  it('tells the Prometheus operator of the exporters, where there is one', async () => {
    assert.deepEqual(await made('ServiceMonitor'), []);
    assert.deepEqual(await made('ServiceMonitor', { monitoring: true, exporterImage: undefined }), []);
    const [monitor] = await made('ServiceMonitor', { monitoring: true });
    const [service] = await made('Service', { monitoring: true });
    assert.equal(monitor?.spec.endpoints[0]?.['scheme'], 'https');
    assert.equal(monitor.spec.endpoints[0]['port'], 'https-metrics');
    assert.deepEqual(service?.metadata.labels, monitor.spec.selector.matchLabels);
  });

  it('lists the exporter where this machine has none, and runs the node without it', async () => {
    const unavailable = 'this machine has no redis_exporter on its PATH';
    const images = { 'docker.io/library/redis': {}, 'docker.io/oliver006/redis_exporter': { unavailable } };
    const { workloads, notRun } = findRunnable(await redisObjects(), images);
    const left = notRun.filter(({ kind }) => kind === 'StatefulSet');
    assert.equal(left.length, 3);
    for (const { reason, blocking } of left) {
      assert.equal(reason, `the container exporter is left out: ${unavailable}`);
      assert.equal(blocking, false);
    }
    assert.equal(workloads.filter(({ kind }) => kind === 'StatefulSet').length, 3);
  });

  it('takes a certificate that exists, and asks cert-manager for none', async () => {
    const changes = { tlsSecret: 'bought-tls' };
    const certificates = await made('Certificate', changes);
    assert.deepEqual(
      certificates.map(({ metadata }) => metadata.name),
      ['wedsync-region-ca'],
    );
    const users = [...(await made('StatefulSet', changes)), ...(await made('Job', changes))];
    assert.deepEqual(new Set(users.map((object) => secretOf(object, 'tls'))), new Set(['bought-tls']));
  });

  it('takes users that exist, makes no Secret, and must be told the password of who uses the data', async () => {
    const changes = { authSecret: 'vault-users', passwords: { engine: output('of-the-engine') } };
    assert.deepEqual(await made('Secret', changes), []);
    const [set] = await made('StatefulSet', changes);
    assert.equal(secretOf(set, 'auth'), 'vault-users');
    const refs = set?.spec.template.spec.containers.flatMap(({ env }) =>
      env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.name ?? []),
    );
    assert.deepEqual(new Set(refs), new Set(['vault-users']));
    await assert.rejects(redisObjects({ authSecret: 'vault-users' }), /set --secret wedsync:redis-cache-engine VALUE/);
  });

  it('adds lines to the configuration, but none that would undo a promise', async () => {
    const maps = await made('ConfigMap', { extraConfiguration: ['slowlog-max-len 256'] });
    const text = maps.find(({ data }) => data['redis.conf'] !== undefined)?.data['redis.conf'];
    assert.ok(text?.endsWith('# Added by the stack.\nslowlog-max-len 256\n'), text);
    await assert.rejects(
      redisObjects({ extraConfiguration: ['hz 20', 'appendonly no'] }),
      /the line "appendonly no" may not be added to the cache cluster: it would change what survives a crash/,
    );
  });

  it('has the claim of each node grow with the full size, without touching the StatefulSet’s own template', async () => {
    const full = { shards: 3, memoryMiB: 6 * 4096 };
    const claims = await made('PersistentVolumeClaim', { full });
    assert.deepEqual(
      claims.map(({ metadata }) => metadata.name),
      [0, 1, 2].flatMap((shard) => [0, 1].map((node) => `data-redis-cache-${shard}-${node}`)),
    );
    for (const { spec, metadata } of claims) {
      assert.deepEqual(spec.resources, { requests: { storage: '12Gi' } });
      // The field is the StatefulSet controller's until somebody insists.
      assert.equal(metadata.annotations?.['pulumi.com/patchForce'], 'true');
      // A claim that Pulumi makes and that waits for its first consumer has to be pending; this one never is.
      assert.equal(metadata.annotations['pulumi.com/skipAwait'], 'true');
    }
  });

  for (const zone of ['Europe/London', 'Europe/Dublin'] as const satisfies readonly TimeZone[]) {
    it(`knows what day it is in ${zone} without knowing its name`, () => {
      const bookings = {
        region: '',
        asOf: '',
        source: '',
        first: '',
        last: '',
        weddingsAYear: 365,
        expectedWeddings: {},
      };
      const { posixZone } = quietDays(zone, bookings);
      for (const text of ['2027-03-27T23:30Z', '2027-03-28T23:30Z', '2027-10-30T23:30Z', '2027-10-31T23:30Z']) {
        const instant = Date.parse(text);
        const options = { env: { ...process.env, TZ: posixZone }, encoding: 'utf8' } as const;
        const day = execFileSync('date', ['-d', `@${instant / 1000}`, '+%Y-%m-%d'], options).trim();
        assert.equal(day, dateIn(zone, instant), text);
      }
    });
  }
});
