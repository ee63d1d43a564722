import type { autoscaling } from '@pulumi/kubernetes/types/input.js';
import type { Bounds } from '@wedsync/domain';
import type { Place } from '../shared/service-names.ts';

/** Half a core left for the minute that a new Pod needs, when a wedding-day wave comes in. */
export const TARGET_CPU_PERCENT = 50;
const FIVE_MINUTES = 300;

/** Up at once, by double if need be; down slowly, since the next question comes with the next guest. */
export const SCALING_BEHAVIOR = {
  scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] },
  scaleDown: {
    stabilizationWindowSeconds: FIVE_MINUTES,
    policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }],
  },
};

/** Scales the engine by load alone, where there is no KEDA. */
export function autoscaler({ name }: Place, replicas: Bounds): autoscaling.v2.HorizontalPodAutoscalerSpec {
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    minReplicas: replicas.minimum,
    maxReplicas: replicas.maximum,
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: TARGET_CPU_PERCENT } },
      },
    ],
    behavior: SCALING_BEHAVIOR,
  };
}
