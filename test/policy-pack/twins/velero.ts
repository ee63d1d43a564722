import { goodStack, object } from '../good-stack.ts';
import type { TestResource } from '../support/resource.ts';

/** A place for backups. */
export function location(name: string, provider: string, config: Record<string, string>): TestResource {
  return object('velero.io/v1', 'BackupStorageLocation', `backups-${name}`, {
    metadata: { name, namespace: 'velero' },
    spec: { provider, objectStorage: { bucket: `wedsync-${name}` }, config },
  });
}

/** Three places at three providers, a schedule that comes every 15 minutes, and a job that restores. */
export function backups(): TestResource[] {
  return [
    location('near', 'azure', { resourceGroup: 'backups' }),
    location('far', 'aws', { region: 'eu-west-2', kmsKeyId: 'alias/backups' }),
    location('offsite', 'gcp', { kmsKeyName: 'backups' }),
    object('velero.io/v1', 'Schedule', 'every-quarter', {
      metadata: { name: 'every-quarter', namespace: 'velero' },
      spec: { schedule: '*/15 * * * *', template: { storageLocation: 'near' } },
    }),
    restoreTest(),
  ];
}

/** A job like the one that heals Redis, with the label of a test that restores. */
function restoreTest(): TestResource {
  const healing = goodStack().find(({ name }) => name === 'redis-healing');
  const metadata = { name: 'backup-test', namespace: 'redis', labels: { 'wedsync.io/purpose': 'restore-test' } };
  return object('batch/v1', 'CronJob', 'backup-test', { ...healing?.inputs, metadata });
}

/** The chart with which Velero comes, with the same in its values. */
export function chart(): TestResource {
  return {
    type: 'kubernetes:helm.sh/v3:Release',
    name: 'velero',
    inputs: {
      chart: 'velero',
      namespace: 'velero',
      values: {
        configuration: {
          backupStorageLocation: [
            { name: 'near', provider: 'azure', bucket: 'near', config: {} },
            { name: 'far', provider: 'aws', bucket: 'far', config: { kmsKeyId: 'alias/backups' } },
            { name: 'offsite', provider: 'gcp', bucket: 'offsite', config: { kmsKeyName: 'backups' } },
          ],
        },
        schedules: { often: { schedule: '*/10 * * * *', template: { storageLocation: 'near' } } },
      },
    },
  };
}
