import { BACKUP_COPIES, BACKUP_PROVIDERS } from '@wedsync/domain';
import { type StorageLocation, storageLocations } from '../backups/velero.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { type Finding, objection } from '../message.ts';
import type { Rule } from '../rule.ts';

export interface CopySettings {
  /** Copies of every backup, at least. */
  readonly copies?: number;
  /** Providers over which they are spread, at least. */
  readonly providers?: number;
}

/** Settings of a location of which one must be there, by provider: with them its objects are encrypted with a key. */
const ENCRYPTION: Readonly<Record<string, readonly string[]>> = {
  aws: ['kmsKeyId', 'serverSideEncryption', 'customerKeyEncryptionFile'],
  gcp: ['kmsKeyName'],
};

/**
 * Triggered by the first place for backups that a stack has (a BackupStorageLocation, or one in the values of Velero's chart): from then on
 * there must be three, at two providers, so that one is always offsite. Azure encrypts all that it stores; elsewhere the place says how.
 */
export function checkCopies(
  objects: readonly KubernetesObject[],
  { copies = BACKUP_COPIES, providers = BACKUP_PROVIDERS }: CopySettings = {},
): Finding[] {
  const locations = storageLocations(objects);
  const [first] = locations;
  if (!first) return [];
  const places = new Set(locations.map(placeOf));
  const hosts = new Set(locations.map(({ provider }) => provider));
  return [
    ...(places.size < copies
      ? [
          {
            subject: first.title,
            field: 'the number of places for backups',
            value: `${places.size} (${locations.map(({ name }) => name).join(', ')})`,
            problem: `Fewer than ${copies} copies do not outlive a mistake and a fire.`,
            fix: `Add locations until there are ${copies}, in different buckets.`,
            urn: first.urn,
          },
        ]
      : []),
    ...(hosts.size < providers
      ? [
          {
            subject: first.title,
            field: 'the provider of all places for backups',
            value: [...hosts].join(', '),
            problem: 'None of the copies is offsite: whoever locks that account has them all.',
            fix: 'Put one of them at another provider.',
            urn: first.urn,
          },
        ]
      : []),
    ...locations.flatMap(checkEncryption),
  ];
}

function placeOf({ provider, bucket, name, prefix }: StorageLocation): string {
  // A bucket that is not known yet is taken for one of its own.
  return [provider, bucket.text ?? name, prefix].join('/');
}

function checkEncryption({ urn, title, provider, config }: StorageLocation): Finding[] {
  const keys = ENCRYPTION[provider];
  if (!keys || config.unknown) return [];
  const fields = keys.map((key) => config.at(key));
  const [wanted] = fields;
  if (!wanted || fields.some((field) => field.isSet || field.unknown)) return [];
  return [
    { ...objection(title, wanted, 'The copies would not be encrypted with a key of your own.', 'Name a key.'), urn },
  ];
}

export const backupCopies: Rule<CopySettings> = {
  name: 'backup-copies',
  description: 'Every backup has three encrypted copies, one of them offsite.',
  configSchema: {
    properties: {
      copies: {
        type: 'integer',
        minimum: 1,
        maximum: 10,
        description: 'Copies of every backup, at least.',
        default: BACKUP_COPIES,
      },
      providers: {
        type: 'integer',
        minimum: 1,
        maximum: 10,
        description: 'Providers over which the copies are spread, at least.',
        default: BACKUP_PROVIDERS,
      },
    },
  },
  checkStack: (objects, _, settings) => checkCopies(objects, settings),
};
