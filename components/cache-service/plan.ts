import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import type { apps, autoscaling, core, policy } from '@pulumi/kubernetes/types/input.js';
import type { Bounds } from '@wedsync/domain';
import { serviceCertificate, type CertificateSpec } from '../security/certificates.ts';
import { objectLabels, selectorLabels } from '../shared/labels.ts';
import { serviceNames } from '../shared/service-names.ts';
import { autoscaler } from './autoscaler.ts';
import { ENGINE_PORT_NAME, enginePod, type EnginePodFigures } from './engine-pod.ts';
import { engineMonitor } from './monitor.ts';
import { scaledObject, type ScaledObjectFigures } from './scaled-object.ts';

/** What the cache service is planned from. */
export interface CacheServiceFigures extends Omit<EnginePodFigures, 'selector' | 'secretName' | 'tlsSecretName'> {
  /** Replica bounds of the present season. */
  readonly replicas: Bounds;
  /** The calendar by which KEDA scales. @default no KEDA: by load alone */
  readonly schedule?: Omit<ScaledObjectFigures, 'place' | 'replicas'> | undefined;
  /** Whether Prometheus reads the engines' metrics. @default false */
  readonly monitored?: boolean;
}

/** How the engine is scaled: by KEDA, which makes an autoscaler of its own, or by one that knows the load alone. */
export type Scaling =
  | { readonly kind: 'ScaledObject'; readonly spec: IScaledObject['spec'] }
  | { readonly kind: 'HorizontalPodAutoscaler'; readonly spec: autoscaling.v2.HorizontalPodAutoscalerSpec };

/** The cache service as data: everything but its secrets. */
export interface CacheServicePlan {
  readonly names: { readonly secret: string; readonly tls: string };
  readonly labels: Record<string, string>;
  readonly selector: Record<string, string>;
  readonly certificate: CertificateSpec;
  readonly deployment: apps.v1.DeploymentSpec;
  readonly service: core.v1.ServiceSpec;
  readonly scaling: Scaling;
  readonly monitor: IServiceMonitor['spec'] | undefined;
  readonly disruptionBudget: policy.v1.PodDisruptionBudgetSpec;
}

export const SERVICE_PORT = 443;
/** Pods of the next version that a rolling update adds before it takes any away. */
export const SURGE_PERCENT = 25;

/** The labels that select the engine's Pods. */
export function engineSelector(name: string): Record<string, string> {
  return selectorLabels('cache-engine', name);
}

/** Lays out the engine's Deployment, Service, certificate, scaling and disruption budget. */
export function planCacheService(figures: CacheServiceFigures): CacheServicePlan {
  const { place } = figures;
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
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: `${SURGE_PERCENT}%`, maxUnavailable: 0 } },
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
    scaling: scaling(figures),
    monitor: figures.monitored ? engineMonitor(place, selector, names.tls) : undefined,
    disruptionBudget: { maxUnavailable: 1, selector: { matchLabels: selector } },
  };
}

function scaling({ place, replicas, schedule }: CacheServiceFigures): Scaling {
  return schedule === undefined
    ? { kind: 'HorizontalPodAutoscaler', spec: autoscaler(place, replicas) }
    : { kind: 'ScaledObject', spec: scaledObject({ ...schedule, place, replicas }) };
}
