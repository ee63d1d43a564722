import type { Twin } from './twin.ts';
import { backups, chart, location } from './velero.ts';

export const backupCopiesTwins: readonly Twin[] = [
  {
    title: 'two copies, as two places are one bucket',
    resources: [...backups(), location('far', 'aws', { kmsKeyId: 'k' }), location('offsite', 'aws', { kmsKeyId: 'k' })],
    resource: 'backups-offsite',
    field: 'spec.objectStorage.bucket',
    violating: 'wedsync-far',
    mended: 'wedsync-offsite',
    says: 'the number of places for backups is 2',
  },
  {
    title: 'copies at one provider',
    resources: [
      ...backups(),
      location('near', 'aws', { kmsKeyId: 'k' }),
      location('far', 'aws', { kmsKeyId: 'k' }),
      location('offsite', 'aws', { kmsKeyId: 'k', kmsKeyName: 'k' }),
    ],
    resource: 'backups-offsite',
    field: 'spec.provider',
    violating: 'aws',
    mended: 'gcp',
    says: 'None of the copies is offsite',
    hidden: false,
  },
  {
    title: 'a copy that is not encrypted',
    resources: backups(),
    resource: 'backups-far',
    field: 'spec.config.kmsKeyId',
    violating: undefined,
    mended: 'alias/backups',
    says: 'BackupStorageLocation velero/far: spec.config.kmsKeyId is not set',
  },
  {
    title: "a copy in the values of Velero's chart that is not encrypted",
    resources: [chart(), ...backups().slice(4)],
    resource: 'velero',
    field: 'values.configuration.backupStorageLocation[2].config.kmsKeyName',
    violating: undefined,
    mended: 'backups',
    says: 'location offsite',
  },
];
