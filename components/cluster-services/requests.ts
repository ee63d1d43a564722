import { type Resources, type ServiceLoad, times, total } from '../shared/resources.ts';
import { CLUSTER_SERVICES, type ClusterServiceName, type ServiceChoices } from './names.ts';

/** What a container of a service asks for, and how many of it there are. */
export interface ContainerRequests extends Resources {
  /** So many in all, one on every worker, or one in a Job that ends. */
  readonly count: number | 'every worker' | 'once';
  /** What it may take, in MiB. @default twice what it asks for */
  readonly limitMiB?: number;
}

/** What the containers of each service ask for: here alone, for the values of its chart and for the sum. */
export const REQUESTS = {
  certManager: {
    controller: { count: 2, cpuMillis: 25, memoryMiB: 128 },
    webhook: { count: 2, cpuMillis: 25, memoryMiB: 64 },
    cainjector: { count: 2, cpuMillis: 25, memoryMiB: 192 },
    startupApiCheck: { count: 'once', cpuMillis: 10, memoryMiB: 32 },
  },
  prometheus: {
    operator: { count: 1, cpuMillis: 50, memoryMiB: 128 },
    prometheus: { count: 2, cpuMillis: 250, memoryMiB: 2048 },
    // An odd number, so that a split leaves a majority that stays silent about what the others said.
    alertmanager: { count: 3, cpuMillis: 10, memoryMiB: 64 },
    // Beside each Prometheus and each Alertmanager.
    configReloader: { count: 5, cpuMillis: 10, memoryMiB: 32 },
    grafana: { count: 1, cpuMillis: 50, memoryMiB: 192 },
    // One for dashboards, one for sources.
    grafanaSidecar: { count: 2, cpuMillis: 10, memoryMiB: 96 },
    kubeStateMetrics: { count: 1, cpuMillis: 25, memoryMiB: 96, limitMiB: 256 },
    nodeExporter: { count: 'every worker', cpuMillis: 25, memoryMiB: 32 },
  },
  keda: {
    // One of the two operators leads; the other takes over within seconds.
    operator: { count: 2, cpuMillis: 100, memoryMiB: 192, limitMiB: 512 },
    metricsServer: { count: 2, cpuMillis: 50, memoryMiB: 128 },
    webhooks: { count: 2, cpuMillis: 10, memoryMiB: 64 },
  },
  gatekeeper: {
    controllerManager: { count: 3, cpuMillis: 100, memoryMiB: 512, limitMiB: 512 },
    audit: { count: 1, cpuMillis: 100, memoryMiB: 512 },
  },
  velero: {
    server: { count: 1, cpuMillis: 100, memoryMiB: 256 },
    nodeAgent: { count: 'every worker', cpuMillis: 50, memoryMiB: 256, limitMiB: 1024 },
    upgradeJob: { count: 'once', cpuMillis: 50, memoryMiB: 128 },
  },
  falco: {
    falco: { count: 'every worker', cpuMillis: 100, memoryMiB: 512 },
    sidekick: { count: 2, cpuMillis: 10, memoryMiB: 32 },
  },
  openCost: {
    exporter: { count: 1, cpuMillis: 25, memoryMiB: 128, limitMiB: 1024 },
  },
  karpenter: {
    controller: { count: 2, cpuMillis: 250, memoryMiB: 512 },
  },
} as const satisfies Readonly<Record<ClusterServiceName, Readonly<Record<string, ContainerRequests>>>>;

/** What the services ask for that a region installs. Jobs that end do not count. */
export function serviceLoad(choices: ServiceChoices): ServiceLoad {
  const installed = CLUSTER_SERVICES.filter((name) => choices[name] === 'install');
  const containers = installed.flatMap((name) => Object.values<ContainerRequests>(REQUESTS[name]));
  return {
    inAll: total(containers.map(({ count, ...each }) => times(typeof count === 'number' ? count : 0, each))),
    eachWorker: total(containers.filter(({ count }) => count === 'every worker')),
  };
}
