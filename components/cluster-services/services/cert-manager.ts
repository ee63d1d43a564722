import type { ServiceFacts, ServicePlan } from '../release.ts';
import { type ContainerRequests, REQUESTS } from '../requests.ts';
import { CLUSTER_CRITICAL, resources, spread } from '../values.ts';
import { MONITOR_DEFINITIONS } from './prometheus.ts';

export const CERT_MANAGER_RELEASE = 'cert-manager';

const WEBHOOK_PORT = 10250;
const METRICS_PORT = 9402;
const { controller, webhook, cainjector, startupApiCheck } = REQUESTS.certManager;

/**
 * cert-manager, which signs every certificate inside the region. Its definitions stay when the release goes: with them would
 * go every certificate.
 */
export function certManager({ certManagerNamespace, monitors }: ServiceFacts): ServicePlan {
  const component = (name: string) =>
    spread({ 'app.kubernetes.io/instance': 'cert-manager', 'app.kubernetes.io/component': name });
  const replicated = (name: string, requests: ContainerRequests & { readonly count: number }) => ({
    replicaCount: requests.count,
    podDisruptionBudget: { enabled: true, minAvailable: 1 },
    resources: resources(requests),
    topologySpreadConstraints: component(name),
  });
  return {
    namespaces: [{ name: certManagerNamespace, level: 'restricted', ports: [WEBHOOK_PORT, METRICS_PORT] }],
    releases: [
      {
        service: 'certManager',
        name: CERT_MANAGER_RELEASE,
        chart: 'cert-manager',
        repository: 'https://charts.jetstack.io',
        // Tag v1.21.1 of github.com/cert-manager/cert-manager.
        version: 'v1.21.1',
        namespace: certManagerNamespace,
        after: [MONITOR_DEFINITIONS],
        values: {
          crds: { enabled: true, keep: true },
          // Managed clusters do not let anybody write to kube-system.
          global: { priorityClassName: CLUSTER_CRITICAL, leaderElection: { namespace: certManagerNamespace } },
          ...replicated('controller', controller),
          webhook: replicated('webhook', webhook),
          cainjector: replicated('cainjector', cainjector),
          startupapicheck: { resources: resources(startupApiCheck) },
          // A certificate's namespace is its own, not that of cert-manager.
          prometheus: { enabled: true, servicemonitor: { enabled: monitors, honorLabels: true } },
        },
      },
    ],
  };
}
