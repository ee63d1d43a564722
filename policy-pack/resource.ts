import type { Field } from './values/field.ts';

/** A resource as the rules see it. */
export interface JudgedResource {
  readonly urn: string;
  /** Pulumi's type token, such as `kubernetes:apps/v1:StatefulSet`. */
  readonly type: string;
  readonly name: string;
  readonly properties: Field;
  /**
   * The resources from which each property was computed, by name of the property. Known where a whole stack is judged; it says
   * which bucket an unknown `bucket` is.
   */
  readonly sources?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** The stack that a resource belongs to: the second part of its URN, `urn:pulumi:uk-south::…`. */
export function stackOf(urn: string): string {
  return /^urn:pulumi:(.+?)::/.exec(urn)?.[1] ?? '';
}

/** The type of the one resource that stands for the stack; its properties at the end are the stack's outputs. */
export const ROOT_STACK = 'pulumi:pulumi:Stack';
