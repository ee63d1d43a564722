import type { Twin } from './twin.ts';
import { backups, chart } from './velero.ts';

const SCHEDULE = { resources: backups(), resource: 'every-quarter', field: 'spec.schedule', mended: '*/15 * * * *' };

export const backupScheduleTwins: readonly Twin[] = [
  {
    ...SCHEDULE,
    title: 'a backup every half hour',
    violating: '*/30 * * * *',
    says: 'spec.schedule is "*/30 * * * *"',
  },
  {
    ...SCHEDULE,
    title: 'backups at uneven minutes',
    violating: '0,15,30 * * * *',
    mended: '0,15,30,45 * * * *',
    says: 'More than 15 minutes',
  },
  { ...SCHEDULE, title: 'a backup every night', violating: '@daily', mended: '@every 15m', says: '"@daily"' },
  {
    ...SCHEDULE,
    title: 'backups only by day',
    violating: '*/5 8-20 * * *',
    mended: '*/5 * * * *',
    says: 'More than 15 minutes',
  },
  {
    title: 'a schedule that is paused',
    resources: backups(),
    resource: 'every-quarter',
    field: 'spec.paused',
    violating: true,
    mended: false,
    says: 'nothing makes any',
  },
  {
    title: 'backups that nobody restores',
    resources: backups(),
    resource: 'backup-test',
    field: 'metadata.labels["wedsync.io/purpose"]',
    violating: 'nothing',
    mended: 'restore-test',
    says: 'the test that restores its backups is not set',
  },
  {
    title: "a schedule in the values of Velero's chart that comes too rarely",
    resources: [chart(), ...backups().slice(4)],
    resource: 'velero',
    field: 'values.schedules.often.schedule',
    violating: '@hourly',
    mended: '*/15 * * * *',
    says: 'schedule often',
  },
];
