import { type Labels } from './labels.ts';
import type { KubernetesObject } from './object.ts';
import { podOf, type PodTemplate } from './pod.ts';

/** A workload that keeps a number of Pods running. */
export interface Workload {
  readonly object: KubernetesObject;
  readonly pod: PodTemplate;
  readonly labels: Labels;
  /** The Pods that it keeps running; the most that an autoscaler may ask for, if one is in charge. `undefined` if not known yet. */
  readonly replicas: number | undefined;
}

const REPLICATED: readonly string[] = ['Deployment', 'StatefulSet', 'ReplicaSet'];

/** The Pods that Kubernetes keeps where nothing is said, and the bounds of KEDA's ScaledObject (https://keda.sh/docs/latest/reference/scaledobject-spec/). */
export const DEFAULT_REPLICAS = { ofKubernetes: 1, leastOfKeda: 0, mostOfKeda: 100 } as const;

/** Where an autoscaler says how many Pods may run at most, and what is taken where it says nothing. */
const MOST_REPLICAS: Readonly<Record<string, { readonly member: string; readonly otherwise: number }>> = {
  HorizontalPodAutoscaler: { member: 'maxReplicas', otherwise: DEFAULT_REPLICAS.ofKubernetes },
  ScaledObject: { member: 'maxReplicaCount', otherwise: DEFAULT_REPLICAS.mostOfKeda },
};
/** The same of a workload that has none. */
const OWN_REPLICAS = { member: 'replicas', otherwise: DEFAULT_REPLICAS.ofKubernetes };
/** Kinds of autoscalers. */
export const SCALERS: readonly string[] = Object.keys(MOST_REPLICAS);

/** The workloads of a stack whose number of Pods can be told. */
export function workloadsOf(objects: readonly KubernetesObject[]): Workload[] {
  return objects
    .filter(({ kind }) => REPLICATED.includes(kind))
    .flatMap((object) => {
      const pod = podOf(object);
      if (!pod) return [];
      return [{ object, pod, labels: pod.metadata.at('labels').texts(), replicas: replicasOf(object, objects) }];
    });
}

/** The autoscaler in charge of a workload: a HorizontalPodAutoscaler, or KEDA's ScaledObject. */
export function scalerOf({ kind, namespace, name }: KubernetesObject, objects: readonly KubernetesObject[]) {
  return objects.find((each) => {
    if (each.namespace !== namespace || !SCALERS.includes(each.kind)) return false;
    const target = each.fields.at('spec', 'scaleTargetRef');
    return target.at('name').is(name) && (target.at('kind').text ?? 'Deployment') === kind;
  });
}

function replicasOf(object: KubernetesObject, objects: readonly KubernetesObject[]): number | undefined {
  const { kind, fields } = scalerOf(object, objects) ?? object;
  const { member, otherwise } = MOST_REPLICAS[kind] ?? OWN_REPLICAS;
  const field = fields.at('spec', member);
  return field.unknown ? undefined : (field.number ?? otherwise);
}
