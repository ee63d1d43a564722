import type { ServiceFacts, ServicePlan } from '../release.ts';
import { REQUESTS } from '../requests.ts';
import { trustCertificate, trustMount, trustVolume } from '../trust.ts';
import { CLUSTER_CRITICAL, resources, spread } from '../values.ts';
import { MONITOR_DEFINITIONS } from './prometheus.ts';

export const KEDA_NAMESPACE = 'keda';
const METRICS_API_PORT = 6443;
const WEBHOOK_PORT = 9443;
const METRICS_PORT = 8080;
/** Where its operator looks for authorities beside those of its image (`--ca-dir`). */
const CA_DIRECTORY = '/custom/ca';
const { operator, metricsServer, webhooks } = REQUESTS.keda;

/** KEDA, which scales by calendar as well as by load. */
export function keda({ monitors }: ServiceFacts): ServicePlan {
  const app = (name: string) => spread({ app: name });
  const metrics = { enabled: true, serviceMonitor: { enabled: monitors } };
  const atLeastOne = { minAvailable: 1 };
  return {
    namespaces: [{ name: KEDA_NAMESPACE, level: 'restricted', ports: [METRICS_API_PORT, WEBHOOK_PORT, METRICS_PORT] }],
    releases: [
      {
        service: 'keda',
        name: 'keda',
        chart: 'keda',
        repository: 'https://kedacore.github.io/charts',
        // keda/Chart.yaml at tag v2.20.2 of github.com/kedacore/charts.
        version: '2.20.2',
        namespace: KEDA_NAMESPACE,
        after: [MONITOR_DEFINITIONS],
        certificates: [trustCertificate(KEDA_NAMESPACE)],
        values: {
          priorityClassName: CLUSTER_CRITICAL,
          image: { pullPolicy: 'IfNotPresent' },
          operator: { replicaCount: operator.count },
          metricsServer: { replicaCount: metricsServer.count },
          webhooks: { replicaCount: webhooks.count, failurePolicy: 'Ignore' },
          podDisruptionBudget: { operator: atLeastOne, metricServer: atLeastOne, webhooks: atLeastOne },
          topologySpreadConstraints: {
            operator: app('keda-operator'),
            metricsServer: app('keda-operator-metrics-apiserver'),
            webhooks: app('keda-admission-webhooks'),
          },
          resources: {
            operator: resources(operator),
            metricServer: resources(metricsServer),
            webhooks: resources(webhooks),
          },
          // It scales what the region deploys; it needs to read no Secret beyond its own namespace.
          permissions: { operator: { restrict: { secret: true } }, metricServer: { restrict: { secret: true } } },
          // Deployments it knows by itself; no wildcard for kinds that the region does not have.
          rbac: { enabledCustomScaledRefKinds: false },
          http: { minTlsVersion: 'TLS13' },
          prometheus: { operator: metrics, metricServer: metrics, webhooks: metrics },
          // Its triggers ask a Prometheus that answers under the region's authority.
          volumes: { keda: { extraVolumes: [trustVolume()], extraVolumeMounts: [trustMount(CA_DIRECTORY)] } },
          asciiArt: false,
        },
      },
    ],
  };
}
