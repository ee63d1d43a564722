import assert from 'node:assert/strict';
import { BACKUP_INTERVAL_MINUTES } from '@wedsync/domain';
import { BACKUP_MINUTES } from '../../../components/redis/backup.ts';
import { planRedisCluster, type RedisClusterFigures } from '../../../components/redis/plan.ts';
import { RedisCluster } from '../../../components/redis/redis-cluster.ts';
import { longestGap } from '../../../policy-pack/backups/cron.ts';
import { record } from '../../support/pulumi/mocks.ts';

const FIGURES: RedisClusterFigures = {
  place: { namespace: 'wedsync-redis', name: 'redis-cache' },
  profile: 'cache',
  image: `docker.io/library/redis:8.2.3@sha256:${'a'.repeat(64)}`,
  present: { shards: 3, memoryMiB: 28 * 1024 },
  full: { shards: 3, memoryMiB: 56 * 1024 },
  zones: 3,
  quiet: { posixZone: 'GMT0BST,M3.5.0/1,M10.5.0', dates: [] },
  backup: { everyMinutes: 10, keep: 3 },
};
const NAME = '20270807T101500Z';

describe('the plan of the backups of a Redis Cluster', () => {
  it('is nothing where nobody wants any', () => {
    const without = { ...FIGURES };
    delete (without as { backup?: unknown }).backup;
    assert.equal(planRedisCluster(without).backup, undefined);
  });

  it('loses no more than may be lost, however late a backup starts and however long it takes', () => {
    assert.ok(BACKUP_MINUTES.includes(10));
    for (const everyMinutes of BACKUP_MINUTES) {
      const { schedule, timeZone, startingDeadlineSeconds, concurrencyPolicy, jobTemplate } = cronJob({ everyMinutes });
      assert.equal(longestGap(schedule), everyMinutes);
      assert.equal(timeZone, 'Etc/UTC');
      assert.equal(concurrencyPolicy, 'Forbid');
      const { activeDeadlineSeconds } = jobTemplate.spec;
      const latest = startingDeadlineSeconds + activeDeadlineSeconds;
      // One that outlasted the interval would have the next one be left out.
      assert.ok(latest <= everyMinutes * 60 && everyMinutes * 60 + latest <= BACKUP_INTERVAL_MINUTES * 60);
      assert.ok(activeDeadlineSeconds >= 150);
    }
  });

  it('has room for what is kept and one more at full size, in every season', () => {
    const storage = (figures: RedisClusterFigures) => planRedisCluster(figures).backup?.claim.resources;
    // Four times the data of 28 GiB of masters, of which three quarters may be data.
    assert.deepEqual(storage(FIGURES), { requests: { storage: '84Gi' } });
    assert.deepEqual(storage({ ...FIGURES, present: FIGURES.full }), storage(FIGURES));
    assert.deepEqual(planRedisCluster(FIGURES).backup?.claim.accessModes, ['ReadWriteOnce']);
  });

  it('runs as nobody, with the authority’s certificate, no token and a volume', () => {
    const { template } = cronJob({}).jobTemplate.spec;
    const { securityContext, automountServiceAccountToken, containers, volumes } = template.spec;
    assert.equal(automountServiceAccountToken, false);
    assert.equal(securityContext.runAsNonRoot, true);
    assert.equal(containers[0]?.securityContext.readOnlyRootFilesystem, true);
    assert.deepEqual(template.metadata.labels, {
      'app.kubernetes.io/name': 'redis-backup',
      'app.kubernetes.io/instance': 'redis-cache',
    });
    assert.deepEqual(
      volumes.map(({ name, secret }) => [name, secret?.items?.map(({ key }) => key)]),
      [
        ['scripts', undefined],
        ['tls', ['ca.crt']],
        ['backups', undefined],
      ],
    );
  });

  it('rests while a backup is to come back, by a Pod that can hold a shard and write to no backup', () => {
    assert.equal(cronJob({}).suspend, false);
    const plan = planRedisCluster({ ...FIGURES, restore: NAME });
    assert.equal(json(plan.backup).cronJob.suspend, true);
    const { containers } = json(plan.backup).restore?.template.spec ?? assert.fail('nothing is restored');
    const [container] = containers;
    assert.deepEqual(
      container?.env.find(({ name }) => name === 'BACKUP'),
      { name: 'BACKUP', value: NAME },
    );
    assert.equal(container?.resources.limits.memory, `${plan.size.memoryMiB}Mi`);
    assert.equal(container?.volumeMounts.find(({ name }) => name === 'backups')?.readOnly, true);
  });
});

describe('the backups of the component', () => {
  const made = async (changes: Partial<RedisClusterFigures> = {}) => {
    const program = () => new RedisCluster('redis-cache', { ...FIGURES, ...changes, users: [] });
    const { resources } = await record('uk-south', {}, program);
    const metadata = (type: string, name: string) =>
      resources
        .filter((one) => one.type.endsWith(type))
        .map(({ inputs }) => inputs['metadata'] as Metadata)
        .find((one) => one.name === name);
    return { metadata };
  };

  it('lie on a claim that is found by its label and waits for its first Pod', async () => {
    const { metadata } = await made();
    const claim = metadata(':PersistentVolumeClaim', 'redis-cache-backup');
    assert.equal(claim?.labels?.['wedsync.io/backup'], 'redis');
    assert.equal(claim.annotations?.['pulumi.com/skipAwait'], 'true');
    assert.ok(metadata(':CronJob', 'redis-cache-backup'));
    assert.equal(metadata(':Job', 'redis-cache-restore'), undefined);
  });

  it('come back by a Job, when one is named', async () => {
    const { metadata } = await made({ restore: NAME });
    assert.ok(metadata(':Job', 'redis-cache-restore'));
  });
});

interface Metadata {
  name: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}
interface Pod {
  metadata: { labels: Record<string, string> };
  spec: {
    automountServiceAccountToken: boolean;
    securityContext: { runAsNonRoot: boolean };
    containers: {
      env: { name: string; value?: string }[];
      resources: { limits: { memory: string } };
      securityContext: { readOnlyRootFilesystem: boolean };
      volumeMounts: { name: string; readOnly?: boolean }[];
    }[];
    volumes: { name: string; secret?: { items?: { key: string }[] } }[];
  };
}
interface Backup {
  cronJob: {
    schedule: string;
    timeZone: string;
    suspend: boolean;
    startingDeadlineSeconds: number;
    concurrencyPolicy: string;
    jobTemplate: { spec: { activeDeadlineSeconds: number; template: Pod } };
  };
  restore?: { template: Pod };
}

/** A plan as its objects will be, without Pulumi's inputs. */
function json(plan: unknown): Backup {
  return JSON.parse(JSON.stringify(plan)) as Backup;
}

function cronJob(changes: { everyMinutes?: number }): Backup['cronJob'] {
  return json(planRedisCluster({ ...FIGURES, backup: { everyMinutes: 10, keep: 3, ...changes } }).backup).cronJob;
}
