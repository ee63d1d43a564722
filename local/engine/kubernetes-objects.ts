import { isManifest } from './providers/kubernetes.ts';
import type { Resource } from './resource.ts';
import { stripMap } from './values.ts';

/** A plain Kubernetes object, as `kubectl apply` would take it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  } & Readonly<Record<string, unknown>>;
  readonly [property: string]: unknown;
}

/**
 * The Kubernetes objects of a run in the order of their registration, with secrets in the clear or, if a mask is given,
 * that in their place. Helm releases, lists and patches are left out: they are no objects of their own.
 */
export function kubernetesObjects(
  { resources }: { readonly resources: readonly Resource[] },
  mask?: string,
): KubernetesObject[] {
  return resources
    .filter((resource) => resource.custom && !resource.external && isManifest(resource.type))
    .map((resource) => stripMap(resource.inputs, mask) as KubernetesObject);
}
