import { CLUSTER_SERVICES } from '../../../components/cluster-services/names.ts';
import { kubernetesObjects, memoryStateStore, run, type Resource, UNKNOWN } from '../../../local/engine/index.ts';
import type { RegionName } from '@wedsync/domain';
import { ROOT } from '../../../scripts/lib/root.ts';
import type { ApiObject } from '../api/objects.ts';

/** What a stack makes on a cluster that is there already: with its own choice of services, or with every one of them. */
export type Variant = 'own services' | 'every service';
export const VARIANTS: readonly Variant[] = ['own services', 'every service'];

/** A stack as the objects that an API server is given. */
export interface RenderedStack {
  readonly stack: RegionName;
  readonly variant: Variant;
  /** In an order that heeds every dependency which the program declares, and otherwise is as far from its own as can be. */
  readonly objects: readonly ApiObject[];
  readonly figures: Figures;
}

/** The stack's output of that name, as far as these tests need it. */
export interface Figures {
  readonly engineReplicas: { readonly minimum: number; readonly maximum: number };
  readonly workers: { readonly minimum: number; readonly maximum: number };
  readonly pool: { readonly weddingSeason: { readonly cpu: number; readonly memoryGiB: number } };
}

/** A Wednesday in peak season, when everything has its full size. */
const PEAK = '2027-07-07T12:00:00Z';

/** Stands in for the engine's image, which only an update builds. */
const ENGINE_IMAGE = `wedsync.azurecr.io/cache-engine:0.1.0@sha256:${'a'.repeat(64)}`;

/** What stands in for a value that only an update knows: good base64, a good name, a good label. */
const PLACEHOLDER = 'c2VjcmV0';

const done = new Map<string, Promise<RenderedStack>>();

/** A stack in peak season on a cluster that exists; previewed once. */
export function rendered(stack: RegionName, variant: Variant): Promise<RenderedStack> {
  const key = `${stack}, ${variant}`;
  const known = done.get(key) ?? render(stack, variant);
  done.set(key, known);
  return known;
}

async function render(stack: RegionName, variant: Variant): Promise<RenderedStack> {
  const services = CLUSTER_SERVICES.filter((service) => service !== 'karpenter'); // it is for a cluster that the region makes
  const everyService = Object.fromEntries(services.map((service) => [service, 'install']));
  const result = await run({
    mode: 'preview',
    projectDir: ROOT,
    stack,
    policyPacks: [],
    config: {
      ...{
        'wedsync:platform': 'existing',
        'wedsync:location': '',
        'wedsync:zones': '0',
        'wedsync:clusterAdmins': '[]',
      },
      'wedsync:engineImage': ENGINE_IMAGE,
      ...(variant === 'every service' && { 'wedsync:clusterServices': JSON.stringify(everyService) }),
    },
    environment: { WEDSYNC_AT: PEAK },
    state: memoryStateStore(),
  });
  const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
  if (!result.ok)
    throw new Error(`The preview of ${stack} failed:\n${errors.map(({ message }) => message).join('\n')}`);
  const objects = inDependencyOrder(result.resources).flatMap((resource) =>
    kubernetesObjects({ resources: [resource] }),
  );
  return {
    stack,
    variant,
    objects: objects.map((object) => withoutUnknowns(object) as ApiObject),
    figures: result.outputs['figures'] as Figures,
  };
}

/**
 * Each resource after those that it depends on by declaration; of those that could come next, always the one that the program made
 * last. An update may take any order that dependencies allow, so nothing may rest on the program's own.
 */
function inDependencyOrder(resources: readonly Resource[]): Resource[] {
  const children = Map.groupBy(resources, ({ parent }) => parent);
  const below = (urn: string): string[] => [urn, ...(children.get(urn) ?? []).flatMap((child) => below(child.urn))];
  const waiting = [...resources];
  const placed = new Set<string>();
  const ordered: Resource[] = [];
  const isReady = ({ urn, parent, dependencies }: Resource) => {
    // Who depends on a component depends on all that is in it, but for itself.
    const before = dependencies.flatMap((dependency) => below(dependency)).filter((other) => other !== urn);
    return (parent === '' || placed.has(parent)) && before.every((other) => placed.has(other));
  };
  while (waiting.length > 0) {
    const next = waiting.findLastIndex(isReady);
    const [resource] = waiting.splice(next, 1);
    if (next < 0 || resource === undefined) throw new Error('Resources wait for each other.');
    placed.add(resource.urn);
    ordered.push(resource);
  }
  return ordered;
}

function withoutUnknowns(value: unknown, key = ''): unknown {
  // All of a Secret is unknown when one of its values is.
  if (value === UNKNOWN && /^(stringData|data)$/.test(key)) return { unknown: PLACEHOLDER };
  if (typeof value === 'string') return value.replaceAll(UNKNOWN, PLACEHOLDER);
  if (Array.isArray(value)) return value.map((item) => withoutUnknowns(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutUnknowns(item, name)]));
}
