import type { ApiClient } from '../api/client.ts';
import type { ApiObject } from '../api/objects.ts';

/** The name under which these tests own what they apply, as Pulumi's provider has one of its own. */
export const MANAGER = 'wedsync-program';

/** Applies objects one after the other, and gives back what the server has then. */
export async function applyAll(api: ApiClient, objects: readonly ApiObject[]): Promise<ApiObject[]> {
  const applied: ApiObject[] = [];
  for (const object of objects) applied.push(await api.apply(object, { manager: MANAGER }));
  return applied;
}

/** Namespaces that objects live in and that none of them is: the cluster must have them already. */
export function foreignNamespaces(objects: readonly ApiObject[]): string[] {
  const own = new Set(objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name));
  const used = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  return [...used].filter((name) => !own.has(name));
}
