import type { Field } from './values/field.ts';

/** A resource as the rules see it. */
export interface JudgedResource {
  readonly urn: string;
  /** Pulumi's type token, such as `kubernetes:apps/v1:StatefulSet`. */
  readonly type: string;
  readonly name: string;
  readonly properties: Field;
}

/** The type of the one resource that stands for the stack; its properties at the end are the stack's outputs. */
export const ROOT_STACK = 'pulumi:pulumi:Stack';
