import { type Finding, objection } from '../message.ts';
import type { JudgedResource } from '../resource.ts';
import type { Field } from '../values/field.ts';
import { titleOf } from './title.ts';
import { plainType } from './type.ts';

/** What a field of some kinds of resources must be. */
export interface Demand {
  /** As `plainType` writes them. */
  readonly types: readonly string[];
  /** The way to the field; `*` stands for every member of a list or an object. */
  readonly path: readonly string[];
  /** Asked of a field that is not unknown. */
  readonly holds: (field: Field) => boolean;
  readonly problem: string;
  readonly fix: string;
  /** Resources of these types of which it is not demanded. */
  readonly unless?: (properties: Field) => boolean;
}

/** A switch that is on, however it is written. */
export const isOn = (field: Field): boolean => field.is(true) || field.is('true');
/** A switch that nobody turned off. */
export const isNotOff = (field: Field): boolean => !field.is(false) && !field.is('false');
export const isSet = (field: Field): boolean => field.isSet;
/** A list with `wanted` in it, or one that is not known to the end. */
export const includes =
  (wanted: string) =>
  (list: Field): boolean =>
    list.items().some((item) => item.unknown || item.is(wanted));

/** What of `demands` a resource does not meet. What is unknown is judged when it is known, at the update. */
export function unmet(resource: JudgedResource, demands: readonly Demand[]): Finding[] {
  const type = plainType(resource.type);
  return demands
    .filter(({ types, unless }) => types.includes(type) && !unless?.(resource.properties))
    .flatMap(({ path, holds, problem, fix }) =>
      fieldsAt(resource.properties, path)
        .filter((field) => !field.unknown && !holds(field))
        .map((field) => objection(titleOf(resource), field, problem, fix)),
    );
}

/** All fields that a path with `*` leads to. */
export function fieldsAt(field: Field, [step, ...rest]: readonly string[]): Field[] {
  if (step === undefined) return [field];
  if (step !== '*') return fieldsAt(field.at(step), rest);
  return [...field.items(), ...field.entries().map(([, member]) => member)].flatMap((member) => fieldsAt(member, rest));
}
