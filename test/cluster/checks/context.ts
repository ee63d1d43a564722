import type { RegionName } from '@wedsync/domain';
import type { ApiObject } from '../api/objects.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import type { RenderedStack, Variant } from '../stacks/render.ts';

/** What the checks of one stack share; filled before the first of them runs. */
export interface StackContext {
  readonly stack: RegionName;
  plane: ControlPlane;
  rendered: Readonly<Record<Variant, RenderedStack>>;
}

/** The objects of a kind, as one variant of the stack makes them. */
export function objectsOf<T extends ApiObject>(context: StackContext, kind: string, variant: Variant): T[] {
  return context.rendered[variant].objects.filter((object) => object.kind === kind) as T[];
}

/** The only object of a kind with that name. @throws an Error when there is none */
export function objectNamed<T extends ApiObject>(
  context: StackContext,
  kind: string,
  name: string,
  variant: Variant,
): T {
  const found = objectsOf<T>(context, kind, variant).find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`${context.stack} with ${variant} makes no ${kind} ${name}.`);
  return found;
}
