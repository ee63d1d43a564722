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

/** Kinds of autoscalers. */
export const SCALERS: readonly string[] = ['HorizontalPodAutoscaler', 'ScaledObject'];

function replicasOf(object: KubernetesObject, objects: readonly KubernetesObject[]): number | undefined {
  const scaler = scalerOf(object, objects);
  const field = scaler
    ? scaler.fields.at('spec', scaler.kind === 'ScaledObject' ? 'maxReplicaCount' : 'maxReplicas')
    : object.fields.at('spec', 'replicas');
  // Kubernetes keeps one Pod where nothing is said.
  return field.unknown ? undefined : (field.number ?? 1);
}
