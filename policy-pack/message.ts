import type { Field } from './values/field.ts';

/** What a rule objects to. */
export interface Finding {
  /** The object, and the part of it if need be: `Deployment cache/cache-engine, container engine`. */
  readonly subject: string;
  /** The property that would have to change, and what it is now. */
  readonly field: string;
  readonly value: string;
  /** Why that is not allowed: a sentence. */
  readonly problem: string;
  /** What to do: a sentence. */
  readonly fix: string;
  /** The resource, where a rule judges a whole stack. */
  readonly urn?: string;
}

/** Longer values are cut in messages. */
const LONGEST_VALUE = 100;

/** The one form of all messages: who, which field, its value, what is wrong with it, what to do. */
export function messageOf({ subject, field, value, problem, fix }: Finding): string {
  return `${subject}: ${field} is ${value}. ${problem} ${fix}`;
}

/** A finding about one field. */
export function objection(subject: string, field: Field, problem: string, fix: string): Finding {
  return { subject, field: field.path, value: describeValue(field), problem, fix };
}

/** A finding about a field whose value nobody may read in a message or a log. */
export function hiddenObjection(subject: string, field: Field, problem: string, fix: string): Finding {
  return { subject, field: field.path, value: 'set (not shown here)', problem, fix };
}

function describeValue(field: Field): string {
  if (field.secret) return 'secret';
  if (field.unknown) return 'not known yet';
  if (!field.isSet) return 'not set';
  const shown = JSON.stringify(field.value);
  return shown.length > LONGEST_VALUE ? `${shown.slice(0, LONGEST_VALUE)}…` : shown;
}
