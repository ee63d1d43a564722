import { Cron } from 'croner';
import { InvalidObjectError } from '../errors/invalid-object.ts';
import { describe } from './object.ts';
import type { CronJob } from './workloads.ts';

/** When a CronJob's Jobs start; UTC unless it names a time zone. @throws InvalidObjectError when that cannot be read */
export function parseSchedule(cronJob: CronJob): Cron {
  const { schedule, timeZone = 'UTC' } = cronJob.spec;
  try {
    return new Cron(schedule, { paused: true, timezone: timeZone, mode: '5-part' });
  } catch (error) {
    throw new InvalidObjectError(
      describe(cronJob),
      `schedule "${schedule}" (time zone ${timeZone}) cannot be read: ${(error as Error).message} ` +
        'Five fields are expected: minute, hour, day of month, month, day of week.',
    );
  }
}
