import { goodStack } from '../good-stack.ts';
import { withField, withResources } from '../support/edit.ts';
import type { TestStack } from '../support/resource.ts';

/** Two stacks that differ in one field: one violates a rule, the other is mended. */
export interface Twin {
  /** What the violating stack does, in words. */
  readonly title: string;
  /** Resources that both have beside (or in place of) those of the good stack. */
  readonly resources?: TestStack;
  /** The resource and the field in which they differ. */
  readonly resource: string;
  readonly field: string;
  /** The field's two values; `undefined` where it is left out. */
  readonly violating: unknown;
  readonly mended: unknown;
  /** Words of the message about the violating one. */
  readonly says: string;
  /** Whether the violation passes a preview that does not know the field yet. @default true */
  readonly hidden?: boolean;
}

export function violatingStack({ resources, resource, field, violating }: Twin): TestStack {
  return withField(withResources(goodStack(), resources), resource, field, violating);
}

export function mendedStack({ resources, resource, field, mended }: Twin): TestStack {
  return withField(withResources(goodStack(), resources), resource, field, mended);
}
