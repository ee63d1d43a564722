import { BACKUP_INTERVAL_MINUTES } from '@wedsync/domain';
import { longestGap } from '../backups/cron.ts';
import { type BackupSchedule, backupSchedules, storageLocations } from '../backups/velero.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { type Finding, objection } from '../message.ts';
import type { Rule } from '../rule.ts';

export interface ScheduleSettings {
  /** Minutes between backups at most. */
  readonly minutes?: number;
}

/** What marks a job that restores a backup to see whether that works. */
const PURPOSE_LABEL = 'wedsync.io/purpose';
const RESTORE_TEST = 'restore-test';
const TEST_NAME = /restore/;

/**
 * Triggered by a place for Velero's backups or by a schedule of them. Of several schedules the one that comes oftenest decides: others may
 * come once a night, to keep longer.
 */
export function checkSchedules(
  objects: readonly KubernetesObject[],
  { minutes = BACKUP_INTERVAL_MINUTES }: ScheduleSettings = {},
): Finding[] {
  const schedules = backupSchedules(objects).filter(({ paused }) => !paused);
  const [location] = storageLocations(objects);
  const [first] = schedules;
  if (!first) {
    if (!location) return [];
    return [
      {
        subject: location.title,
        field: 'the schedule of its backups',
        value: 'not set',
        problem: 'There is a place for backups, and nothing makes any.',
        fix: `Add a Schedule that comes every ${minutes} minutes.`,
        urn: location.urn,
      },
    ];
  }
  return [...checkInterval(schedules, minutes), ...(objects.some(isRestoreTest) ? [] : [withoutTest(first)])];
}

function checkInterval(schedules: readonly BackupSchedule[], minutes: number): Finding[] {
  if (schedules.some(({ schedule }) => schedule.unknown)) return [];
  const gaps = schedules.map((each) => ({ each, gap: longestGap(each.schedule.text ?? '') ?? Infinity }));
  const oftenest = gaps.reduce((one, other) => (other.gap < one.gap ? other : one));
  if (oftenest.gap <= minutes) return [];
  const { urn, title, schedule } = oftenest.each;
  return [
    {
      ...objection(
        title,
        schedule,
        `More than ${minutes} minutes of changes would be lost with the region.`,
        `Let it come every ${minutes} minutes: "*/${minutes} * * * *".`,
      ),
      urn,
    },
  ];
}

function isRestoreTest({ kind, name, fields }: KubernetesObject): boolean {
  if (kind !== 'CronJob') return false;
  const purpose = fields.at('metadata', 'labels', PURPOSE_LABEL);
  return purpose.unknown || purpose.is(RESTORE_TEST) || TEST_NAME.test(name);
}

function withoutTest({ urn, title }: BackupSchedule): Finding {
  return {
    subject: title,
    field: 'the test that restores its backups',
    value: 'not set',
    problem: 'Nobody knows whether a backup can be restored until one was.',
    fix: `Add a CronJob with the label ${PURPOSE_LABEL}: ${RESTORE_TEST} that restores the newest one and looks at what came.`,
    urn,
  };
}

export const backupSchedule: Rule<ScheduleSettings> = {
  name: 'backup-schedule',
  description: 'Backups are made every 15 minutes, and restored to see whether that works.',
  configSchema: {
    properties: {
      minutes: {
        type: 'integer',
        minimum: 1,
        maximum: 59,
        description: 'Minutes between backups at most.',
        default: BACKUP_INTERVAL_MINUTES,
      },
    },
  },
  checkStack: (objects, _, settings) => checkSchedules(objects, settings),
};
