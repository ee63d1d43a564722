import { changeFreezeAt, type Clock, describeInstant, parseInstant, type TimeZone } from '@wedsync/domain';
import type { Emergency } from '../freeze/emergency.ts';
import { type Bookings, freezePlan, freezeZone } from '../freeze/plan.ts';
import { FREEZE_SCHEMA, type FreezeSettings } from '../freeze/settings.ts';
import { whyFrozen } from '../freeze/words.ts';
import type { Finding } from '../message.ts';
import { ROOT_STACK, stackOf } from '../resource.ts';
import type { Rule } from '../rule.ts';

const ENVIRONMENT_NAME = 'WEDSYNC_AT';

/** What the freeze is judged from. */
export interface Moment {
  /** The stack's name, which is its region's. */
  readonly stack: string;
  readonly settings: FreezeSettings;
  readonly bookings: Bookings;
  readonly clock: Clock;
  /** `WEDSYNC_AT`: the instant, in ISO 8601, as of which a preview is asked for. */
  readonly asked: string | undefined;
  /** Whether this is a preview. */
  readonly dryRun: boolean;
  readonly emergency: Emergency;
}

/**
 * Judges one moment. A preview may be asked for as of another time ("may I deploy on Friday at 18:00?"); an update happens
 * now, whatever the environment says, or `WEDSYNC_AT` would be a way round the freeze. A preview looks at an emergency token, an
 * update uses it up.
 */
export async function checkFreeze(moment: Moment): Promise<Finding[]> {
  const { stack, settings, clock, asked, dryRun } = moment;
  const zone = freezeZone(stack, settings);
  const subject = `Stack ${stack}`;
  const instant = dryRun && asked ? parseInstant(asked, zone) : clock.now();
  if (instant === undefined) {
    return [
      {
        subject,
        field: ENVIRONMENT_NAME,
        value: JSON.stringify(asked),
        problem: 'That is no instant, so the freeze cannot be judged.',
        fix: 'Use ISO 8601, such as 2026-04-18T00:30:00+01:00, or leave it out for the present time.',
      },
    ];
  }
  const time = { subject, field: 'the time of the change', value: describeInstant(instant, zone) };
  try {
    const objection = await objectionAt(instant, zone, moment);
    return objection ? [{ ...time, ...objection }] : [];
  } catch (error) {
    const problem = sentence(`The freeze cannot be judged. ${(error as Error).message}`);
    return [{ ...time, problem, fix: 'Mend that, then try again.' }];
  }
}

type Objection = Pick<Finding, 'problem' | 'fix'> & Partial<Finding>;

/** @throws Error when the calendar, the settings or the token cannot be read. */
async function objectionAt(instant: number, zone: TimeZone, moment: Moment): Promise<Objection | undefined> {
  const { stack, settings, bookings, emergency, dryRun } = moment;
  const freeze = changeFreezeAt(instant, zone, freezePlan(bookings(stack), settings));
  if (!freeze.frozen) return undefined;
  const until = describeInstant(freeze.until, zone);
  const verdict = await emergency({ stack, instant, zone, remote: settings.tokenRemote ?? '' }, !dryRun);
  if (verdict === undefined)
    return {
      problem: whyFrozen(freeze.day, freeze, instant, zone),
      fix: `Wait until ${until}; until then nothing may change without an emergency token (npm run freeze -- --help).`,
    };
  if (verdict.accepted) return undefined;
  const { value, problem, fix } = verdict;
  return {
    field: 'the emergency token',
    value,
    problem,
    fix: `${fix} Without a token, nothing may change until ${until}.`,
  };
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** The rule for the given clock, environment and repository. */
export function saturdayFreezeRule(moment: () => Omit<Moment, 'stack' | 'settings'>): Rule<FreezeSettings> {
  // A token is used once an update, however often its stack is looked at.
  const judged = new Map<string, Promise<Finding[]>>();
  return {
    name: 'saturday-freeze',
    description: 'No change on a Saturday or a busy day, by the calendar of the region.',
    configSchema: FREEZE_SCHEMA,
    // The engine has the stack itself judged first, before it changes anything.
    checkResource: ({ type, urn }, settings) => {
      if (type !== ROOT_STACK) return [];
      const stack = stackOf(urn);
      const now = moment();
      if (now.dryRun) return checkFreeze({ ...now, stack, settings });
      const findings = judged.get(stack) ?? checkFreeze({ ...now, stack, settings });
      judged.set(stack, findings);
      return findings;
    },
  };
}
