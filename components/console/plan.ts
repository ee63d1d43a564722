import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import type { apps, core, policy } from '@pulumi/kubernetes/types/input.js';
import { HTTP_PORT, PATHS } from '@wedsync/region-operator/contract';
import { type CertificateSpec, serviceCertificate } from '../security/certificates.ts';
import { objectLabels, selectorLabels } from '../shared/labels.ts';
import { scrapedUnderTls } from '../shared/scraped-under-tls.ts';
import { serviceName, serviceNames } from '../shared/service-names.ts';
import { OPERATOR_PORT_NAME, operatorPod, type OperatorPodFigures } from './operator-pod.ts';

/** What the console is planned from. */
export type ConsoleFigures = Omit<OperatorPodFigures, 'selector' | 'secretName' | 'tlsSecretName'>;

/** The operator that serves the console, as data: everything but its secrets. */
export interface ConsolePlan {
  readonly names: { readonly secret: string; readonly tls: string };
  readonly labels: Record<string, string>;
  readonly certificate: CertificateSpec;
  readonly deployment: apps.v1.DeploymentSpec;
  readonly service: core.v1.ServiceSpec;
  readonly monitor: NonNullable<IServiceMonitor['spec']>;
  readonly disruptionBudget: policy.v1.PodDisruptionBudgetSpec;
}

export const SERVICE_PORT = 443;
/** One goes on while the other is replaced. */
export const REPLICAS = 2;

/** The labels that select the operator's Pods. */
export function operatorSelector(name: string): Record<string, string> {
  return selectorLabels('region-operator', name);
}

/** Lays out the operator's Deployment, Service, certificate, monitor and disruption budget. */
export function planConsole(figures: ConsoleFigures): ConsolePlan {
  const { place } = figures;
  const selector = operatorSelector(place.name);
  const names = { secret: `${place.name}-secrets`, tls: `${place.name}-tls` };
  return {
    names,
    labels: objectLabels('region-operator', place.name),
    certificate: serviceCertificate(
      names.tls,
      [...serviceNames(place), 'localhost'],
      ['server auth', 'digital signature'],
    ),
    deployment: {
      replicas: REPLICAS,
      revisionHistoryLimit: 5,
      selector: { matchLabels: selector },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: {
        metadata: { labels: selector },
        spec: operatorPod({ ...figures, selector, secretName: names.secret, tlsSecretName: names.tls }),
      },
    },
    service: {
      type: 'ClusterIP',
      selector,
      // A page that lost its line gets what it has missed only from the replica that it was told by.
      sessionAffinity: 'ClientIP',
      ports: [{ name: OPERATOR_PORT_NAME, port: SERVICE_PORT, targetPort: OPERATOR_PORT_NAME, appProtocol: 'https' }],
    },
    monitor: {
      selector: { matchLabels: selector },
      endpoints: [
        {
          port: OPERATOR_PORT_NAME,
          path: PATHS.metrics,
          interval: '30s',
          ...scrapedUnderTls(names.tls, serviceName(place)),
        },
      ],
    },
    disruptionBudget: { maxUnavailable: 1, selector: { matchLabels: selector } },
  };
}

/** Where the operator listens in its Pods. */
export const OPERATOR_PORT = HTTP_PORT;
