import type { ServiceFacts, ServicePlan, Values } from '../release.ts';
import { REQUESTS } from '../requests.ts';
import { TRUST_FILE, trustCertificate, trustMount, trustVolume } from '../trust.ts';
import {
  CLUSTER_CRITICAL,
  EVERYWHERE,
  NODE_CRITICAL,
  resources,
  RESTRICTED_CONTAINER,
  restrictedPod,
} from '../values.ts';
import { MONITOR_DEFINITIONS } from './prometheus.ts';

const NAMESPACE = 'falco';
const METRICS_PORT = 8765;
const SIDEKICK_PORT = 2801;
/** The user of its image. */
const SIDEKICK_UID = 1234;

/**
 * Falco, which watches what containers do. The rules and the plugin are those of its image, with the region's own beside them:
 * an agent that fetched newer ones by itself would change on a Saturday, and need the internet to start.
 */
export function falco({ falcoRules, monitors, alertmanagerUrl }: ServiceFacts): ServicePlan {
  return {
    // It sees every system call of the machine.
    namespaces: [{ name: NAMESPACE, level: 'privileged', ports: [METRICS_PORT, SIDEKICK_PORT] }],
    releases: [
      {
        service: 'falco',
        name: 'falco',
        chart: 'falco',
        repository: 'https://falcosecurity.github.io/charts',
        // Tag falco-9.1.0 of github.com/falcosecurity/charts.
        version: '9.1.0',
        namespace: NAMESPACE,
        after: [MONITOR_DEFINITIONS],
        ...(alertmanagerUrl === undefined ? {} : { certificates: [trustCertificate(NAMESPACE)] }),
        values: {
          podPriorityClassName: NODE_CRITICAL,
          tolerations: EVERYWHERE,
          resources: resources(REQUESTS.falco.falco),
          // Four capabilities instead of a privileged container; needs no driver to be built.
          driver: { kind: 'modern_ebpf', modernEbpf: { leastPrivileged: true } },
          collectors: { containerEngine: { engines: onlyContainerd() } },
          falcoctl: { artifact: { install: { enabled: false }, follow: { enabled: false } } },
          falco: { json_output: true, priority: 'notice', log_syslog: false, syslog_output: { enabled: false } },
          customRules: falcoRules,
          metrics: { enabled: true, interval: '15m' },
          serviceMonitor: { create: monitors },
          falcosidekick: {
            enabled: true,
            replicaCount: REQUESTS.falco.sidekick.count,
            priorityClassName: CLUSTER_CRITICAL,
            resources: resources(REQUESTS.falco.sidekick),
            podSecurityContext: restrictedPod(SIDEKICK_UID),
            securityContext: RESTRICTED_CONTAINER,
            ...(alertmanagerUrl === undefined ? {} : alertmanagerOutput(alertmanagerUrl)),
          },
        },
      },
    ],
  };
}

/** What Falco sees goes to Alertmanager, of which the first version of its interface is gone since 0.27. */
function alertmanagerOutput(alertmanagerUrl: string): Values {
  return {
    config: {
      alertmanager: { hostport: alertmanagerUrl, endpoint: '/api/v2/alerts', minimumpriority: 'warning' },
      tlsclient: { cacertfile: TRUST_FILE },
    },
    extraVolumes: [trustVolume()],
    extraVolumeMounts: [trustMount()],
  };
}

/** Of the container engines that Falco knows, those that a node of Kubernetes has; no socket of any other is mounted. */
function onlyContainerd(): Values {
  const others = ['docker', 'podman', 'lxc', 'libvirt_lxc', 'bpm'];
  return Object.fromEntries(others.map((engine) => [engine, { enabled: false }]));
}
