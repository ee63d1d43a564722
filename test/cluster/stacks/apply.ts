import type { ApiClient } from '../api/client.ts';
import type { ApiObject } from '../api/objects.ts';

/** The name under which these tests own what they apply, as Pulumi's provider has one of its own. */
export const MANAGER = 'wedsync-program';

/** By this a patch takes fields over from their owners, as the provider documents it. */
const FORCE = 'pulumi.com/patchForce';

/** Applies objects one after the other, and gives back what the server has then. */
export async function applyAll<T extends ApiObject>(api: ApiClient, objects: readonly T[]): Promise<T[]> {
  const applied: T[] = [];
  for (const object of objects) {
    const force = object.metadata.annotations?.[FORCE] === 'true';
    applied.push(await api.apply(object, { manager: MANAGER, force }));
  }
  return applied;
}

/** Namespaces that objects live in and that none of them is: the cluster must have them already. */
export function foreignNamespaces(objects: readonly ApiObject[]): string[] {
  const own = new Set(objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name));
  const used = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  return [...used].filter((name) => !own.has(name));
}
