import type { batch, core } from '@pulumi/kubernetes/types/input.js';
import { BACKUP_INTERVAL_MINUTES } from '@wedsync/domain';
import { BACKUP_USER, RESTORE_USER } from './acl.ts';
import { FILES, PATHS } from './paths.ts';
import { scriptContainer, type ScriptFigures, scriptPod } from './script-pod.ts';
import type { NodeSize } from './sizing.ts';

/** How a cluster is backed up. */
export interface BackupFigures {
  /** Minutes between two backups: one of `BACKUP_MINUTES`. */
  readonly everyMinutes: number;
  /** How many backups stay on the volume. */
  readonly keep: number;
}

/** The backups of a cluster as data. */
export interface BackupPlan {
  readonly storageGiB: number;
  readonly claim: core.v1.PersistentVolumeClaimSpec;
  readonly cronJob: batch.v1.CronJobSpec;
  /** Brings a backup back; `undefined` where nobody asks for one. */
  readonly restore: batch.v1.JobSpec | undefined;
}

/**
 * Minutes between backups that there can be: those that divide an hour, since cron starts anew with each, and that leave a backup
 * some minutes to be made in.
 */
export const BACKUP_MINUTES: readonly number[] = [5, 6, 10, 12];
/** How a backup is called: when it was taken, in UTC. */
export const BACKUP_NAME = /^\d{8}T\d{6}Z$/;

/** What starts later than this does not start: the next one is near. */
const START_SECONDS = 30;
/** Tries within the deadline; a failed one costs an interval. */
const RETRIES = 2;
const RESTORE_SECONDS = 2 * 60 * 60;
/** A cluster whose nodes were made anew is formed by the Job that mends it, which comes every minute. */
const RESTORE_WAIT_SECONDS = 300;
/** For what redis-check-rdb holds: one value at a time. */
const BACKUP_RESOURCES = { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '256Mi' } };
const RESTORE_CPU = '500m';
/** The restoring Redis' log, and its socket. */
const SCRATCH_SIZE = '16Mi';

const VOLUME = 'backups';
const BACKUPS: core.v1.EnvVar = { name: 'BACKUPS', value: PATHS.backups };

/** What the backups of a cluster are planned from. */
export interface BackupParts extends ScriptFigures {
  readonly backup: BackupFigures;
  /** Size of the volume. */
  readonly storageGiB: number;
  /** Size of a node. */
  readonly size: NodeSize;
  /** Labels of the Pods. */
  readonly labels: Record<string, string>;
  /** The backup that shall come back. */
  readonly restore: string | undefined;
}

/**
 * Plans the backups of a cluster. While one is to be restored none is made: those of an empty cluster would take the place of the one
 * that is needed.
 */
export function planBackup(parts: BackupParts): BackupPlan {
  const { backup, storageGiB, size, labels, restore } = parts;
  const { everyMinutes, keep } = backup;
  const deadline = deadlineSeconds(everyMinutes);
  const template = (spec: core.v1.PodSpec) => ({ metadata: { labels }, spec });
  return {
    storageGiB,
    claim: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: `${storageGiB}Gi` } } },
    cronJob: {
      schedule: `*/${everyMinutes} * * * *`,
      timeZone: 'Etc/UTC',
      suspend: restore !== undefined,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: START_SECONDS,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        spec: {
          backoffLimit: RETRIES,
          activeDeadlineSeconds: deadline,
          template: template(backupPod(parts, keep, Math.floor(deadline / 2))),
        },
      },
    },
    restore:
      restore === undefined
        ? undefined
        : {
            // What is wrong with a backup or a cluster is wrong the next time too.
            backoffLimit: 0,
            activeDeadlineSeconds: RESTORE_SECONDS,
            template: template(restorePod(parts, restore, size)),
          },
  };
}

/**
 * Seconds in which a backup must be whole. What is lost with a region is what came after the snapshot of the last whole backup: at most the
 * interval, the late start of the next one and its making. A making that outlasted the interval would have the next one be left out.
 */
function deadlineSeconds(everyMinutes: number): number {
  return Math.min(everyMinutes, BACKUP_INTERVAL_MINUTES - everyMinutes) * 60 - START_SECONDS;
}

function backupPod(figures: ScriptFigures, keep: number, snapshotSeconds: number): core.v1.PodSpec {
  const container = scriptContainer(figures, {
    name: 'backup',
    file: FILES.backup,
    user: BACKUP_USER,
    env: [
      BACKUPS,
      { name: 'CLUSTER', value: figures.place.name },
      { name: 'KEEP', value: String(keep) },
      { name: 'SNAPSHOT_SECONDS', value: String(snapshotSeconds) },
    ],
    resources: BACKUP_RESOURCES,
    mounts: [{ name: VOLUME, mountPath: PATHS.backups }],
  });
  return scriptPod(figures, { containers: [container], volumes: [backupVolume(figures)] });
}

/** A Pod with room for a shard's data, since a Redis of its own loads them. */
function restorePod(figures: ScriptFigures, backup: string, { memoryMiB }: NodeSize): core.v1.PodSpec {
  const memory = `${memoryMiB}Mi`;
  const container = scriptContainer(figures, {
    name: 'restore',
    file: FILES.restore,
    user: RESTORE_USER,
    env: [
      BACKUPS,
      { name: 'CLUSTER', value: figures.place.name },
      { name: 'BACKUP', value: backup },
      { name: 'SCRATCH', value: PATHS.scratch },
      { name: 'WAIT', value: String(RESTORE_WAIT_SECONDS) },
      { name: 'CERT_FILE', value: `${PATHS.tls}/tls.crt` },
      { name: 'KEY_FILE', value: `${PATHS.tls}/tls.key` },
    ],
    resources: { requests: { cpu: RESTORE_CPU, memory }, limits: { memory } },
    mounts: [
      { name: VOLUME, mountPath: PATHS.backups, readOnly: true },
      { name: 'scratch', mountPath: PATHS.scratch },
    ],
  });
  const scratch = { name: 'scratch', emptyDir: { sizeLimit: SCRATCH_SIZE } };
  return scriptPod(figures, { containers: [container], volumes: [backupVolume(figures), scratch], asNode: true });
}

function backupVolume({ names }: ScriptFigures): core.v1.Volume {
  return { name: VOLUME, persistentVolumeClaim: { claimName: names.backup } };
}
