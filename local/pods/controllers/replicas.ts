import { namespaceOf } from '../kubernetes/object.ts';
import type { Deployment, HorizontalPodAutoscaler } from '../kubernetes/workloads.ts';
import { countOf, type RolloutTarget } from './rollout.ts';

/** How many Pods a Deployment should have in a real cluster, and how many it has here. */
export interface Replicas {
  readonly wanted: number;
  readonly run: number;
}

/** An autoscaler's lower bound counts before the Deployment's own figure; then this machine's limit. */
export function replicasOf(
  deployment: Deployment,
  autoscalers: readonly HorizontalPodAutoscaler[],
  maximum: number,
): Replicas {
  const autoscaler = autoscalers.find(
    ({ spec, ...rest }) =>
      namespaceOf(rest as HorizontalPodAutoscaler) === namespaceOf(deployment) &&
      spec.scaleTargetRef.kind === 'Deployment' &&
      spec.scaleTargetRef.name === deployment.metadata.name,
  );
  const own = deployment.spec.replicas;
  const wanted = autoscaler && own !== 0 ? (autoscaler.spec.minReplicas ?? 1) : (own ?? 1);
  return { wanted, run: Math.min(wanted, maximum) };
}

/** The bounds of a Deployment's rolling update. Kubernetes forbids 0 and 0; rounding can make it so, then one may miss. */
export function rolloutTarget(deployment: Deployment, replicas: number): RolloutTarget {
  const { type, rollingUpdate } = deployment.spec.strategy ?? {};
  const surge = countOf(rollingUpdate?.maxSurge ?? '25%', replicas, 'up');
  const unavailable = countOf(rollingUpdate?.maxUnavailable ?? '25%', replicas, 'down');
  return {
    replicas,
    surge,
    unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable,
    recreate: type === 'Recreate',
  };
}

/** How many Pods a Deployment has at most at the same time: those leaving while their successors start count too. */
export function mostPods(deployment: Deployment, replicas: number): number {
  return replicas + Math.max(1, rolloutTarget(deployment, replicas).surge);
}
