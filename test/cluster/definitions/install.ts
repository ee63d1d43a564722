import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import type { ApiObject } from '../api/objects.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { MANAGER } from '../stacks/apply.ts';

/** A definition of custom resources as far as it is looked at here. */
interface Definition extends ApiObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** A schema that stands in a definition, though there are no objects of that kind. */
const NO_KIND = 'matchcrd.match.gatekeeper.sh';

/** The definitions that the cluster's services bring, as npm run test:cluster laid them out. */
export function serviceDefinitions(): ApiObject[] {
  const folder = process.env['WEDSYNC_CLUSTER_DEFINITIONS'];
  if (folder === undefined) throw new Error('These tests are run by npm run test:cluster, which brings definitions.');
  return readdirSync(folder)
    .flatMap((service) => readdirSync(join(folder, service)).map((file) => join(folder, service, file)))
    .flatMap((file) => loadAll(readFileSync(file, 'utf8')) as (ApiObject | null)[])
    .filter((object): object is ApiObject => object?.kind === 'CustomResourceDefinition')
    .filter(({ metadata }) => metadata.name !== NO_KIND);
}

/** Installs definitions and waits until the API server takes objects of them. */
export async function install(plane: ControlPlane, definitions: readonly ApiObject[]): Promise<void> {
  await Promise.all(definitions.map((definition) => plane.api.apply(definition, { manager: MANAGER })));
  await plane.until('the custom resource definitions', async () => {
    const found = await plane.api.list<Definition>('/apis/apiextensions.k8s.io/v1/customresourcedefinitions');
    return found.length >= definitions.length && found.every(isEstablished);
  });
}

function isEstablished({ status }: Definition): boolean {
  return (
    status?.conditions?.some((condition) => condition.type === 'Established' && condition.status === 'True') ?? false
  );
}
