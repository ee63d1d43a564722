import type { ServiceFacts, ServicePlan } from '../release.ts';
import { CLUSTER_CRITICAL, resources, spread } from '../values.ts';
import { MONITOR_DEFINITIONS } from './prometheus.ts';

const WEBHOOK_PORT = 10250;
const METRICS_PORT = 9402;

/**
 * cert-manager, which signs every certificate inside the region. Its definitions stay when the release goes: with them would
 * go every certificate.
 */
export function certManager({ certManagerNamespace, monitors }: ServiceFacts): ServicePlan {
  const component = (name: string) =>
    spread({ 'app.kubernetes.io/instance': 'cert-manager', 'app.kubernetes.io/component': name });
  const twice = (name: string, cpuMillis: number, memoryMiB: number) => ({
    replicaCount: 2,
    podDisruptionBudget: { enabled: true, minAvailable: 1 },
    resources: resources(cpuMillis, memoryMiB),
    topologySpreadConstraints: component(name),
  });
  return {
    namespaces: [{ name: certManagerNamespace, level: 'restricted', ports: [WEBHOOK_PORT, METRICS_PORT] }],
    releases: [
      {
        service: 'certManager',
        name: 'cert-manager',
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
          ...twice('controller', 25, 128),
          webhook: twice('webhook', 25, 64),
          cainjector: twice('cainjector', 25, 192),
          startupapicheck: { resources: resources(10, 32) },
          prometheus: { enabled: true, servicemonitor: { enabled: monitors } },
        },
      },
    ],
  };
}
