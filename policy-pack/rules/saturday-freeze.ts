import {
  changeFreezeAt,
  type Clock,
  describeInstant,
  isRegionName,
  parseInstant,
  regionIdentity,
  type TimeZone,
} from '@wedsync/domain';
import type { Finding } from '../message.ts';
import { ROOT_STACK } from '../resource.ts';
import type { Rule } from '../rule.ts';

const ENVIRONMENT_NAME = 'WEDSYNC_AT';

/** What the freeze is judged from. */
export interface Moment {
  /** The stack's name, which is its region's. */
  readonly stack: string;
  readonly clock: Clock;
  /** `WEDSYNC_AT`: the instant, in ISO 8601, as of which a preview is asked for. */
  readonly asked: string | undefined;
  /** Whether this is a preview. */
  readonly dryRun: boolean;
}

/** The zone of a stack's freeze: its region's, and London's for a stack that is no region. */
export function freezeZone(stack: string): TimeZone {
  return isRegionName(stack) ? regionIdentity(stack).zone : 'Europe/London';
}

/**
 * Judges one moment. A preview may be asked for as of another time ("may I deploy on Friday at 18:00?"); an update happens
 * now, whatever the environment says, or `WEDSYNC_AT` would be a way round the freeze.
 */
export function checkFreeze({ stack, clock, asked, dryRun }: Moment): Finding[] {
  const zone = freezeZone(stack);
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
  const freeze = changeFreezeAt(instant, zone);
  if (!freeze.frozen) return [];
  const city = zone === 'Europe/Dublin' ? 'Dublin' : 'London';
  return [
    {
      subject,
      field: 'the time of the change',
      value: describeInstant(instant, zone),
      problem: `It is Saturday in ${city}, and on Saturdays most weddings take place.`,
      fix: `Wait until ${describeInstant(freeze.until, zone)}; until then nothing may change.`,
    },
  ];
}

/** The rule for the given clock and environment. */
export function saturdayFreezeRule(moment: () => Omit<Moment, 'stack'>): Rule {
  return {
    name: 'saturday-freeze',
    description: 'No change on a Saturday, by the calendar of the region.',
    // The engine has the stack itself judged first, before it changes anything.
    checkResource: ({ type, urn }) => (type === ROOT_STACK ? checkFreeze({ stack: stackOf(urn), ...moment() }) : []),
  };
}

/** `urn:pulumi:uk-south::wedsync::…` is of the stack uk-south. */
function stackOf(urn: string): string {
  return urn.split('::')[0]?.replace(/^urn:pulumi:/, '') ?? '';
}
