import type { apps, autoscaling, core, policy } from '@pulumi/kubernetes/types/input.js';
import type { Bounds } from '@wedsync/domain';
import { serviceCertificate, type CertificateSpec } from '../security/certificates.ts';
import { objectLabels, selectorLabels } from '../shared/labels.ts';
import { serviceNames } from '../shared/service-names.ts';
import { ENGINE_PORT_NAME, enginePod, type EnginePodFigures } from './engine-pod.ts';

/** What the cache service is planned from. */
export interface CacheServiceFigures extends Omit<EnginePodFigures, 'selector' | 'secretName' | 'tlsSecretName'> {
  /** Replica bounds of the present season. */
  readonly replicas: Bounds;
}

/** The cache service as data: everything but its secrets. */
export interface CacheServicePlan {
  readonly names: { readonly secret: string; readonly tls: string };
  readonly labels: Record<string, string>;
  readonly selector: Record<string, string>;
  readonly certificate: CertificateSpec;
  readonly deployment: apps.v1.DeploymentSpec;
  readonly service: core.v1.ServiceSpec;
  readonly autoscaler: autoscaling.v2.HorizontalPodAutoscalerSpec;
  readonly disruptionBudget: policy.v1.PodDisruptionBudgetSpec;
}

export const SERVICE_PORT = 443;
/** Half a core left for the minute that a new Pod needs, when a wedding-day wave comes in. */
const TARGET_CPU_PERCENT = 50;
const FIVE_MINUTES = 300;

/** The labels that select the engine's Pods. */
export function engineSelector(name: string): Record<string, string> {
  return selectorLabels('cache-engine', name);
}

/** Lays out the engine's Deployment, Service, certificate, scaling and disruption budget. */
export function planCacheService(figures: CacheServiceFigures): CacheServicePlan {
  const { place, replicas } = figures;
  const selector = engineSelector(place.name);
  const names = { secret: `${place.name}-secrets`, tls: `${place.name}-tls` };
  return {
    names,
    labels: objectLabels('cache-engine', place.name),
    selector,
    // For servers only: on the Redis bus, which asks for a client's certificate, it opens nothing.
    certificate: serviceCertificate(
      names.tls,
      [...serviceNames(place), 'localhost'],
      ['server auth', 'digital signature'],
    ),
    deployment: {
      // No replica count: it belongs to the autoscaler.
      revisionHistoryLimit: 5,
      selector: { matchLabels: selector },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
      template: {
        metadata: { labels: selector },
        spec: enginePod({ ...figures, selector, secretName: names.secret, tlsSecretName: names.tls }),
      },
    },
    service: {
      type: 'ClusterIP',
      selector,
      ports: [{ name: ENGINE_PORT_NAME, port: SERVICE_PORT, targetPort: ENGINE_PORT_NAME, appProtocol: 'https' }],
    },
    autoscaler: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: place.name },
      minReplicas: replicas.minimum,
      maxReplicas: replicas.maximum,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: TARGET_CPU_PERCENT } },
        },
      ],
      behavior: {
        // Up at once, by double if need be; down slowly, since the next question comes with the next guest.
        scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] },
        scaleDown: {
          stabilizationWindowSeconds: FIVE_MINUTES,
          policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }],
        },
      },
    },
    disruptionBudget: { maxUnavailable: 1, selector: { matchLabels: selector } },
  };
}
