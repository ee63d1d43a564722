import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { type ApiObject, describe as nameOf } from '../api/objects.ts';
import { applyAll, foreignNamespaces, MANAGER } from '../stacks/apply.ts';
import { type Variant, VARIANTS } from '../stacks/render.ts';
import type { StackContext } from './context.ts';

/** Every object is taken as it is, and taken again without a change. Nothing but the API server may run meanwhile. */
export function checkApplying(context: StackContext): void {
  for (const variant of VARIANTS) {
    describe(`with ${variant}`, () => {
      let first: ApiObject[] = [];

      it('is taken whole, in any order that the declared dependencies allow', async () => {
        const { objects } = context.rendered[variant];
        await makeRoom(context, variant);
        first = await applyAll(context.plane.api, objects);
        assert.equal(first.length, objects.length);
        assert.ok(objects.length > 30, `only ${objects.length} objects`);
      });

      it('changes nothing when it is applied again', async () => {
        const second = await applyAll(context.plane.api, context.rendered[variant].objects);
        assert.deepEqual(second.map(nameOf), first.map(nameOf));
        const changed = second.filter((object, index) => !isSame(object, first[index]));
        assert.deepEqual(changed.map(nameOf), []);
      });
    });
  }
}

/** Kinds of which the API server writes the same once more when they are first applied again; their version alone is another then. */
const WRITTEN_AGAIN = ['PersistentVolumeClaim'];

function isSame(object: ApiObject, before: ApiObject | undefined): boolean {
  if (before === undefined) return false;
  const isVersionSame = object.metadata.resourceVersion === before.metadata.resourceVersion;
  const isContentSame = isDeepStrictEqual(withoutVersion(object), withoutVersion(before));
  return isContentSame && (isVersionSame || WRITTEN_AGAIN.includes(object.kind));
}

function withoutVersion(object: ApiObject): unknown {
  return { ...object, metadata: { ...object.metadata, resourceVersion: undefined } };
}

/** Applies a variant for what is checked of it later, whether the checks here ran or not. */
export async function ensureApplied(context: StackContext, variant: Variant): Promise<void> {
  await makeRoom(context, variant);
  await applyAll(context.plane.api, context.rendered[variant].objects);
}

/** What the cluster has already, and without what only the variant before had: as an update would leave it. */
async function makeRoom({ plane, rendered }: StackContext, variant: Variant): Promise<void> {
  const { objects } = rendered[variant];
  for (const name of foreignNamespaces(objects))
    await plane.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, { manager: MANAGER });
  const kept = new Set(objects.map(nameOf));
  const before = VARIANTS.slice(0, VARIANTS.indexOf(variant)).flatMap((other) => rendered[other].objects);
  for (const object of before) {
    if (!kept.has(nameOf(object)) && (await plane.api.find(object)) !== undefined) await plane.api.delete(object);
  }
}
