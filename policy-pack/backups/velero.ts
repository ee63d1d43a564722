import type { KubernetesObject } from '../kubernetes/object.ts';
import type { Field } from '../values/field.ts';

/** A place in which Velero keeps backups. */
export interface StorageLocation {
  readonly urn: string;
  readonly title: string;
  readonly name: string;
  /** Backups go here if their schedule names no place. */
  readonly isDefault: boolean;
  /** `aws`, `azure`, `gcp`; for a store that only speaks the protocol of another, its host. */
  readonly provider: string;
  readonly bucket: Field;
  readonly prefix: string;
  readonly config: Field;
}

/** A schedule by which Velero makes backups. */
export interface BackupSchedule {
  readonly urn: string;
  readonly title: string;
  readonly schedule: Field;
  /** The name of the location, if the schedule names one. */
  readonly location: Field;
  readonly paused: boolean;
}

const GROUP = 'velero.io';

/** Velero's locations in a stack: its own resources, and those in the values of its Helm chart. */
export function storageLocations(objects: readonly KubernetesObject[]): StorageLocation[] {
  return objects.flatMap((object) => {
    const { urn, title, name, fields } = object;
    if (object.group === GROUP && object.kind === 'BackupStorageLocation') {
      return [locationOf(urn, title, name, fields.at('spec'), fields.at('spec', 'objectStorage'))];
    }
    const values = veleroValues(object);
    if (!values) return [];
    const listed = values.at('configuration', 'backupStorageLocation');
    return (listed.items().length > 0 ? listed.items() : [listed])
      .filter((place) => place.at('provider').isSet)
      .map((place) => {
        const own = place.at('name').text ?? 'default';
        return locationOf(urn, `${title}, location ${own}`, own, place, place);
      });
  });
}

/** Velero's schedules in a stack: its own resources, and those in the values of its Helm chart. */
export function backupSchedules(objects: readonly KubernetesObject[]): BackupSchedule[] {
  return objects.flatMap((object) => {
    const { urn, title, fields } = object;
    if (object.group === GROUP && object.kind === 'Schedule') return [scheduleOf(urn, title, fields.at('spec'))];
    const values = veleroValues(object);
    if (!values) return [];
    return values
      .at('schedules')
      .entries()
      .filter(([, field]) => !field.at('disabled').is(true))
      .map(([name, field]) => scheduleOf(urn, `${title}, schedule ${name}`, field));
  });
}

function locationOf(urn: string, title: string, name: string, place: Field, storage: Field): StorageLocation {
  const config = place.at('config');
  const host = /^https?:\/\/([^/:]+)/.exec(config.at('s3Url').text ?? '')?.[1];
  return {
    urn,
    title,
    name,
    isDefault: place.at('default').is(true) || name === 'default',
    provider: host ?? (place.at('provider').text ?? '').replace(/^velero\.io\//, ''),
    bucket: storage.at('bucket'),
    prefix: storage.at('prefix').text ?? '',
    config,
  };
}

function scheduleOf(urn: string, title: string, spec: Field): BackupSchedule {
  return {
    urn,
    title,
    schedule: spec.at('schedule'),
    location: spec.at('template', 'storageLocation'),
    paused: spec.at('paused').is(true),
  };
}

function veleroValues({ kind, group, fields }: KubernetesObject): Field | undefined {
  if (group !== 'helm.sh' || (kind !== 'Release' && kind !== 'Chart')) return undefined;
  return /(^|\/)velero$/.test(fields.at('chart').text ?? '') ? fields.at('values') : undefined;
}
