import type { ServiceFacts, ServicePlan } from '../release.ts';
import { REQUESTS } from '../requests.ts';
import { TRUST_ENVIRONMENT, trustCertificate, trustMount, trustVolume } from '../trust.ts';
import { resources, restrictedPod, RESTRICTED_CONTAINER, spread } from '../values.ts';
import { PROMETHEUS_RELEASE } from './prometheus.ts';

const NAMESPACE = 'opencost';
const API_PORT = 9003;
/** The user of OpenCost's own image. */
const OPENCOST_UID = 1001;
/** Where it keeps prices that it looked up; lost on a restart, and looked up again. */
const SCRATCH = ['/tmp', '/var/configs'] as const;

/** OpenCost, which shares the bill out by workload. It reads Prometheus; its figures go back there, so it needs no page of its own. */
export function openCost({ region, prometheusUrl, monitors }: ServiceFacts): ServicePlan {
  const volume = (path: string) => path.slice(1).replaceAll('/', '-');
  return {
    namespaces: [{ name: NAMESPACE, level: 'restricted', ports: [API_PORT] }],
    releases: [
      {
        service: 'openCost',
        name: 'opencost',
        chart: 'opencost',
        repository: 'https://opencost.github.io/opencost-helm-chart',
        // Tag opencost-2.5.17 of github.com/opencost/opencost-helm-chart.
        version: '2.5.17',
        namespace: NAMESPACE,
        after: [PROMETHEUS_RELEASE],
        certificates: [trustCertificate(NAMESPACE)],
        values: {
          podSecurityContext: restrictedPod(OPENCOST_UID),
          extraVolumes: [...SCRATCH.map((path) => ({ name: volume(path), emptyDir: {} })), trustVolume()],
          opencost: {
            exporter: {
              defaultClusterId: region,
              resources: resources(REQUESTS.openCost.exporter),
              securityContext: RESTRICTED_CONTAINER,
              extraVolumeMounts: [
                ...SCRATCH.map((mountPath) => ({ name: volume(mountPath), mountPath })),
                trustMount(),
              ],
              extraEnv: TRUST_ENVIRONMENT,
            },
            topologySpreadConstraints: spread({ 'app.kubernetes.io/name': 'opencost' }),
            prometheus: {
              internal: { enabled: false },
              external: { enabled: true, url: prometheusUrl ?? '' },
            },
            metrics: { serviceMonitor: { enabled: monitors } },
            ui: { enabled: false },
            mcp: { enabled: false },
          },
        },
      },
    ],
  };
}
