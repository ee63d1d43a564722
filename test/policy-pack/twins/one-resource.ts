import type { TestResource } from '../support/resource.ts';
import type { Twin } from './twin.ts';

/** Twins that have `resource` beside the good stack, and differ in one of its fields. */
export function twinWith(
  title: string,
  resource: TestResource,
  field: string,
  violating: unknown,
  mended: unknown,
  says: string,
): Twin {
  return { title, resources: [resource], resource: resource.name, field, violating, mended, says };
}

/** The same of a resource of a cloud where the field says all: it is the title, and what the message has to name. */
export function cloudTwin(
  type: string,
  field: string,
  violating: unknown,
  mended: unknown,
  inputs: Record<string, unknown> = {},
): Twin {
  const title = `${type} with ${field} ${JSON.stringify(violating) ?? 'left out'}`;
  return twinWith(title, { type, name: 'judged', inputs }, field, violating, mended, field);
}
