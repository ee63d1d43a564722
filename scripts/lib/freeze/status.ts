import {
  changeFreezeAt,
  dateIn,
  describeDate,
  describeInstant,
  type Freeze,
  type FrozenDay,
  nextFreezes,
  REGION_NAMES,
  type RegionName,
  type TimeZone,
} from '@wedsync/domain';
import { FreezeError } from '../../../policy-pack/freeze/freeze-error.ts';
import { bookingsIn, freezePlan, freezeZone } from '../../../policy-pack/freeze/plan.ts';
import { whyFrozen } from '../../../policy-pack/freeze/words.ts';
import { freezeCount, type FreezeCommand, instantOf, stackNamed } from './options.ts';
import { freezeSettings } from './settings-file.ts';

/** A freeze as JSON has it: instants in ISO 8601, UTC. */
interface Span {
  readonly from: string;
  readonly until: string;
  readonly days: readonly FrozenDay[];
}

/** What is known of one stack's freezes. */
export interface FreezeStatus {
  readonly stack: RegionName;
  readonly zone: TimeZone;
  readonly at: string;
  readonly frozen: boolean;
  readonly why?: string;
  readonly current?: Span;
  readonly next: readonly Span[];
  /** The days for which the bookings calendar speaks; about others it knows nothing. */
  readonly calendar: { readonly first: string; readonly last: string; readonly source: string };
}

/** The status of the stack that is asked for, or of each. */
export function statusOf({ subject, options, repository }: FreezeCommand): readonly FreezeStatus[] {
  const stacks = subject === undefined ? REGION_NAMES : [stackNamed(subject)];
  const count = freezeCount(options.next);
  return stacks.map((stack) => {
    const instant = instantOf(options.at, stack);
    const settings = freezeSettings(stack, repository, options['policy-pack-config']);
    const zone = freezeZone(stack, settings);
    const calendar = bookingsIn(repository)(stack);
    if (calendar === undefined) throw new FreezeError(`${stack} has no bookings calendar.`);
    const plan = freezePlan(calendar, settings);
    const freeze = changeFreezeAt(instant, zone, plan);
    const { first, last, source } = calendar;
    return {
      stack,
      zone,
      at: new Date(instant).toISOString(),
      frozen: freeze.frozen,
      ...(freeze.frozen && { why: whyFrozen(freeze.day, freeze, instant, zone), current: span(freeze) }),
      next: nextFreezes(instant, zone, plan, count).map(span),
      calendar: { first, last, source },
    };
  });
}

export function describeStatus({ stack, zone, at, frozen, why, current, next, calendar }: FreezeStatus): string {
  const say = (instant: string) => describeInstant(Date.parse(instant), zone);
  const days = next.flatMap((freeze) => freeze.days.map(({ date }) => date));
  const nearest = dateIn(zone, Date.parse(at));
  const farthest = days.at(-1) ?? nearest;
  return [
    frozen && current
      ? `${stack} is frozen until ${say(current.until)}. ${why}`
      : `${stack} is not frozen on ${say(at)}.`,
    ...next.map(
      (freeze) => `  next  ${say(freeze.from)} to ${say(freeze.until)}: ${freeze.days.map(dayWords).join(', ')}`,
    ),
    ...(nearest < calendar.first
      ? [`  The bookings calendar begins on ${describeDate(calendar.first)}: before that only Saturdays are known.`]
      : []),
    ...(farthest > calendar.last
      ? [`  The bookings calendar ends on ${describeDate(calendar.last)}: after that only Saturdays are known.`]
      : []),
    '',
  ].join('\n');
}

function dayWords(day: FrozenDay): string {
  return day.reason === 'saturday' ? 'Saturday' : `busy (${day.timesAverage.toFixed(1)} × an average day)`;
}

function span({ from, until, days }: Freeze): Span {
  return { from: new Date(from).toISOString(), until: new Date(until).toISOString(), days };
}
