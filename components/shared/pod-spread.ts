import type { core } from '@pulumi/kubernetes/types/input.js';

/** Spreads a Deployment's Pods over zones and machines, as far as there are some. */
export function spreadPods(selector: Record<string, string>): core.v1.TopologySpreadConstraint[] {
  return ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selector },
    // Each version by itself: a rollout counts none of the Pods that it is about to remove.
    matchLabelKeys: ['pod-template-hash'],
  }));
}
