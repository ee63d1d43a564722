import type { ServiceFacts, ServicePlan } from '../release.ts';
import { REQUESTS } from '../requests.ts';
import { EVERYWHERE, resources, restrictedPod, RESTRICTED_CONTAINER } from '../values.ts';
import { MONITOR_DEFINITIONS } from './prometheus.ts';

const NAMESPACE = 'velero';
const METRICS_PORT = 8085;
/** The user of Velero's own image. */
const VELERO_UID = 65532;

/**
 * Velero with its definitions and the agent that copies volumes. It has no place to put a backup: buckets, their credentials
 * and plugins come with the backups themselves, and until then it makes none and says so. What it is to copy then has the label
 * `wedsync.io/backup`: volumes that no Pod uses most of the time, so by snapshots that the agent moves.
 */
export function velero({ monitors }: ServiceFacts): ServicePlan {
  return {
    // The agent reads the volumes of other Pods on its machine.
    namespaces: [{ name: NAMESPACE, level: 'privileged', ports: [METRICS_PORT] }],
    releases: [
      {
        service: 'velero',
        name: 'velero',
        chart: 'velero',
        repository: 'https://vmware-tanzu.github.io/helm-charts',
        // Tag velero-12.1.0 of github.com/vmware-tanzu/helm-charts.
        version: '12.1.0',
        namespace: NAMESPACE,
        after: [MONITOR_DEFINITIONS],
        values: {
          upgradeCRDs: true,
          cleanUpCRDs: false,
          backupsEnabled: false,
          snapshotsEnabled: false,
          credentials: { useSecret: false },
          configuration: {
            uploaderType: 'kopia',
            logFormat: 'json',
            backupStorageLocation: [],
            volumeSnapshotLocation: [],
          },
          resources: resources(REQUESTS.velero.server),
          upgradeJobResources: resources(REQUESTS.velero.upgradeJob),
          podSecurityContext: restrictedPod(VELERO_UID),
          containerSecurityContext: RESTRICTED_CONTAINER,
          deployNodeAgent: true,
          nodeAgent: {
            resources: resources(REQUESTS.velero.nodeAgent),
            tolerations: EVERYWHERE,
            // As root, since it reads and writes the files of every user; with nothing else beside.
            containerSecurityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              seccompProfile: { type: 'RuntimeDefault' },
            },
          },
          metrics: {
            serviceMonitor: { enabled: monitors },
            nodeAgentPodMonitor: { enabled: monitors },
          },
        },
      },
    ],
  };
}
