import { CLUSTER_SERVICES } from '../../../components/cluster-services/names.ts';
import {
  kubernetesObjects,
  memoryStateStore,
  run,
  type Resource,
  strip,
  UNKNOWN,
} from '../../../local/engine/index.ts';
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
  /** The same and in between the patches of what is not the program's own, each as an update sends it. */
  readonly sent: readonly Sent[];
  readonly figures: Figures;
}

/** What an update sends of one resource. */
export interface Sent {
  readonly object: ApiObject;
  /** Whether another made the object, and only the fields that are named here are the program's. */
  readonly isPatch: boolean;
  /** Fields, members joined by dots, that the program has left as they were sent first. */
  readonly ignoredChanges: readonly string[];
}

/** The stack's output of that name, as far as these tests need it. */
export interface Figures {
  readonly engineReplicas: { readonly minimum: number; readonly maximum: number };
  readonly workers: { readonly minimum: number; readonly maximum: number };
  readonly pool: { readonly weddingSeason: { readonly cpu: number; readonly memoryGiB: number } };
  readonly redisMemoryGiB: { readonly cache: number; readonly queue: number };
}

/** A Wednesday in peak season, when everything has its full size. */
const PEAK = '2027-07-07T12:00:00Z';

/** Stands in for the engine's image, which only an update builds. */
const ENGINE_IMAGE = `wedsync.azurecr.io/cache-engine:0.1.0@sha256:${'a'.repeat(64)}`;

/** What stands in for a value that only an update knows: good base64, a good name, a good label. */
const PLACEHOLDER = 'c2VjcmV0';

/** Settings by their full names, as the CLI's command line has them. */
type Settings = Readonly<Record<string, string>>;

const done = new Map<string, Promise<RenderedStack>>();

/** A stack in peak season on a cluster that exists; previewed once. @param settings on top of those of its file */
export function rendered(stack: RegionName, variant: Variant, settings: Settings = {}): Promise<RenderedStack> {
  const key = `${stack}, ${variant}, ${JSON.stringify(settings)}`;
  const known = done.get(key) ?? render(stack, variant, settings);
  done.set(key, known);
  return known;
}

async function render(stack: RegionName, variant: Variant, settings: Settings): Promise<RenderedStack> {
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
      'wedsync:operatorImage': ENGINE_IMAGE,
      ...(variant === 'every service' && { 'wedsync:clusterServices': JSON.stringify(everyService) }),
      ...settings,
    },
    environment: { WEDSYNC_AT: PEAK },
    state: memoryStateStore(),
  });
  const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
  if (!result.ok)
    throw new Error(`The preview of ${stack} failed:\n${errors.map(({ message }) => message).join('\n')}`);
  const sent = inDependencyOrder(result.resources).flatMap(whatIsSent);
  return {
    stack,
    variant,
    objects: sent.filter(({ isPatch }) => !isPatch).map(({ object }) => object),
    sent,
    figures: result.outputs['figures'] as Figures,
  };
}

function whatIsSent(resource: Resource): Sent[] {
  const isPatch = /^kubernetes:.*Patch$/.test(resource.type);
  const objects = isPatch ? [strip(resource.inputs)] : kubernetesObjects({ resources: [resource] });
  const { ignoreChanges: ignoredChanges } = resource.options;
  return objects.map((object) => ({ object: withoutUnknowns(object) as ApiObject, isPatch, ignoredChanges }));
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
