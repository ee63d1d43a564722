import type { JudgedResource } from '../resource.ts';
import type { Field } from '../values/field.ts';

/** A Kubernetes object that a resource makes. */
export interface KubernetesObject {
  readonly urn: string;
  /** API group; `core` for the group without a name. */
  readonly group: string;
  readonly kind: string;
  /** `default` where none is given, as Kubernetes has it. */
  readonly namespace: string;
  /** The object's name, or the resource's where the object is named by Pulumi. */
  readonly name: string;
  /** Kind and name for people: `StatefulSet redis/cache-0`. */
  readonly title: string;
  readonly fields: Field;
}

/** `kubernetes:apps/v1:StatefulSet`; a Patch of a kind and a List of a kind carry that kind's fields. */
const TYPE = /^kubernetes:([^/]+)\/[^:]+:(\w+?)(List|Patch)?$/;
const CLUSTER_WIDE = new Set(['ClusterRole', 'ClusterRoleBinding', 'Namespace', 'ClusterIssuer']);

/** The objects that a resource makes: one for most, several for a List, none for what is not of Kubernetes. */
export function objectsOf(resource: JudgedResource): KubernetesObject[] {
  const [, group, kind, form] = TYPE.exec(resource.type) ?? [];
  if (group === undefined || kind === undefined) return [];
  if (form !== 'List') return [objectOf(resource, group, kind, resource.properties)];
  return resource.properties
    .at('items')
    .items()
    .map((item) => objectOf(resource, group, item.at('kind').text ?? kind, item));
}

function objectOf(resource: JudgedResource, group: string, kind: string, fields: Field): KubernetesObject {
  const name = fields.at('metadata', 'name').text ?? resource.name;
  const namespace = fields.at('metadata', 'namespace').text ?? 'default';
  const title = CLUSTER_WIDE.has(kind) ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
  return { urn: resource.urn, group: group.replace(/\.k8s\.io$/, ''), kind, namespace, name, title, fields };
}
