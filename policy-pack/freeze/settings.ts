import type { PolicyConfigSchema } from '@pulumi/policy';
import { BUSY_TIMES_AVERAGE, isWallTime, type TimeZone } from '@wedsync/domain';
import { FreezeError } from './freeze-error.ts';

/** Zones in which a freeze may be kept. */
const FREEZE_ZONES: readonly TimeZone[] = ['Europe/London', 'Europe/Dublin'];

/** A day with more than this many times an average day's weddings is busy whatever a stack sets. */
const MOST_TIMES = 10;

/** What a stack may set about its freeze. Hours make it longer, never shorter. */
export interface FreezeSettings {
  /** @default the region's own */
  readonly zone?: TimeZone;
  /** `18:00`: the time on the day before from which a frozen day is frozen already. @default its midnight */
  readonly beginsDayBefore?: string;
  /** `06:00`: the time on the day after until which a frozen day is frozen still. @default its midnight */
  readonly endsDayAfter?: string;
  /** A day is busy from this many times the weddings of an average day on. @default 2 */
  readonly busyTimesAverage?: number;
  /** The git remote at which the use of a token is recorded, beside this clone. @default none */
  readonly tokenRemote?: string;
}

/** The same for the policy engine. */
export const FREEZE_SCHEMA: PolicyConfigSchema = {
  properties: {
    zone: { type: 'string', enum: [...FREEZE_ZONES] },
    beginsDayBefore: { type: 'string' },
    endsDayAfter: { type: 'string' },
    busyTimesAverage: { type: 'number', minimum: 0, maximum: MOST_TIMES, default: BUSY_TIMES_AVERAGE },
    tokenRemote: { type: 'string' },
  },
};

/** @throws FreezeError naming the setting, its value and what is allowed. */
export function checkSettings(settings: FreezeSettings): void {
  const { zone, busyTimesAverage = BUSY_TIMES_AVERAGE } = settings;
  if (zone !== undefined && !FREEZE_ZONES.includes(zone)) throw wrong('zone', zone, FREEZE_ZONES.join(', '));
  for (const name of ['beginsDayBefore', 'endsDayAfter'] as const) {
    const value = settings[name];
    if (value !== undefined && !isWallTime(value)) throw wrong(name, value, 'a time from 00:00 to 23:59');
  }
  if (typeof busyTimesAverage !== 'number' || busyTimesAverage < 0 || busyTimesAverage > MOST_TIMES)
    throw wrong('busyTimesAverage', busyTimesAverage, `a number from 0 to ${MOST_TIMES}`);
}

function wrong(name: string, value: unknown, allowed: string): FreezeError {
  return new FreezeError(`The setting ${name} is ${JSON.stringify(value)}. Allowed: ${allowed}.`);
}
