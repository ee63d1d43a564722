import { Cluster } from '@pulumi/gcp/container/cluster.js';
import { IAMAuditConfig } from '@pulumi/gcp/projects/iamauditConfig.js';
import { IAMMember } from '@pulumi/gcp/projects/iammember.js';
import { Provider } from '@pulumi/gcp/provider.js';
import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  interpolate,
  type Output,
  type Resource,
} from '@pulumi/pulumi';
import { tokenKubeconfig } from '../kubeconfig.ts';
import type { ClusterPlan } from '../plan.ts';
import type { CloudCluster, CloudOptions } from '../platform.ts';
import type { VolumeDriver } from '../storage-class.ts';
import { GkeKeys } from './keys.ts';
import { GkeNetwork, RANGES } from './network.ts';
import { workerAccount, workers } from './workers.ts';

const LOGS = ['SYSTEM_COMPONENTS', 'WORKLOADS', 'APISERVER', 'CONTROLLER_MANAGER', 'SCHEDULER'];
const METRICS = ['SYSTEM_COMPONENTS', 'APISERVER', 'CONTROLLER_MANAGER', 'SCHEDULER', 'STORAGE'];
const WEEKDAYS = { Tuesday: 'TU', Wednesday: 'WE' } as const;
/** A date on which a recurring window begins to recur; any in the past serves. */
const WINDOW_EPOCH = '2026-01-06';

/** Kubernetes on Google Cloud. */
export class Gke extends ComponentResource implements CloudCluster {
  readonly kubeconfig: Output<string>;
  readonly volumes: VolumeDriver;
  readonly ready: readonly Resource[];

  constructor(name: string, plan: ClusterPlan, settings: CloudOptions, options?: ComponentResourceOptions) {
    super(
      'wedsync:cluster:Gke',
      name,
      {},
      { ...options, providers: { gcp: providerFor(name, plan, settings, options) } },
    );
    const parent = { parent: this };
    const keys = new GkeKeys(plan.name, plan, settings, parent);
    const network = new GkeNetwork(plan.name, plan, settings, parent);
    const { project } = keys;
    const { account, rights } = workerAccount(plan, project, this);
    const before = [...keys.rights, ...rights, ...network.ready];
    const cluster = this.cluster(plan, { keys, network, account }, before);
    const pools = workers({ plan, cluster, project, key: keys.disks.id, account, after: before }, this);
    this.audit(plan, project);
    const admins = plan.admins.map(
      (member, index) =>
        new IAMMember(`${plan.name}-admin-${index + 1}`, { project, role: 'roles/container.admin', member }, parent),
    );

    this.kubeconfig = all([
      cluster.name,
      cluster.privateClusterConfig.privateEndpoint,
      cluster.masterAuth.clusterCaCertificate,
    ]).apply(([clusterName, address, certificateAuthority]) =>
      kubeconfig({ name: clusterName, url: `https://${address}`, certificateAuthority }),
    );
    this.volumes = {
      provisioner: 'pd.csi.storage.gke.io',
      parameters: { type: 'pd-ssd', 'disk-encryption-kms-key': keys.disks.id },
    };
    this.ready = [...pools, ...admins];
    this.registerOutputs({ kubeconfig: this.kubeconfig });
  }

  private cluster(plan: ClusterPlan, { keys, network, account }: Parts, before: readonly Resource[]): Cluster {
    const { days, startHour, hours } = plan.maintenance;
    const at = (hour: number) => `${WINDOW_EPOCH}T${String(hour).padStart(2, '0')}:00:00Z`;
    return new Cluster(
      plan.name,
      {
        project: keys.project,
        name: plan.name,
        location: plan.place.location,
        nodeLocations: plan.pools.flatMap(({ zone }) => zone ?? []),
        minMasterVersion: plan.kubernetesVersion,
        releaseChannel: { channel: 'REGULAR' },
        network: network.network.id,
        subnetwork: network.subnet.id,
        networkingMode: 'VPC_NATIVE',
        datapathProvider: 'ADVANCED_DATAPATH',
        ipAllocationPolicy: { clusterSecondaryRangeName: RANGES.pods, servicesSecondaryRangeName: RANGES.services },
        privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
        masterAuthorizedNetworksConfig: {
          cidrBlocks: [{ cidrBlock: plan.addresses.network, displayName: 'inside the network' }],
          gcpPublicCidrsAccessEnabled: false,
        },
        // The pools are resources of their own; the first one, which GKE insists on, goes at once.
        removeDefaultNodePool: true,
        initialNodeCount: 1,
        nodeConfig: {
          serviceAccount: account.email,
          bootDiskKmsKey: keys.disks.id,
          shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
        },
        enableShieldedNodes: true,
        enableLegacyAbac: false,
        masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
        workloadIdentityConfig: { workloadPool: interpolate`${keys.project}.svc.id.goog` },
        databaseEncryption: { state: 'ENCRYPTED', keyName: keys.secrets.id },
        loggingConfig: { enableComponents: LOGS },
        monitoringConfig: { enableComponents: METRICS, managedPrometheus: { enabled: false } },
        addonsConfig: { gcePersistentDiskCsiDriverConfig: { enabled: true } },
        gatewayApiConfig: { channel: 'CHANNEL_STANDARD' },
        securityPostureConfig: { mode: 'BASIC', vulnerabilityMode: 'VULNERABILITY_BASIC' },
        maintenancePolicy: {
          recurringWindow: {
            startTime: at(startHour),
            endTime: at(startHour + hours),
            recurrence: `FREQ=WEEKLY;BYDAY=${days.map((day) => WEEKDAYS[day]).join(',')}`,
          },
        },
        deletionProtection: true,
        resourceLabels: { ...plan.tags },
      },
      { parent: this, protect: true, dependsOn: [...before], ignoreChanges: ['nodeConfig', 'initialNodeCount'] },
    );
  }

  /** Google keeps reads and writes of the API only where it is asked to. */
  private audit({ name }: ClusterPlan, project: Output<string>): void {
    new IAMAuditConfig(
      name,
      {
        project,
        service: 'container.googleapis.com',
        auditLogConfigs: ['ADMIN_READ', 'DATA_READ', 'DATA_WRITE'].map((logType) => ({ logType })),
      },
      { parent: this },
    );
  }
}

interface Parts {
  readonly keys: GkeKeys;
  readonly network: GkeNetwork;
  readonly account: ReturnType<typeof workerAccount>['account'];
}

function kubeconfig(server: Parameters<typeof tokenKubeconfig>[0]): string {
  return tokenKubeconfig(server, {
    command: 'gke-gcloud-auth-plugin',
    args: [],
    installHint: 'Install it with: gcloud components install gke-gcloud-auth-plugin',
  });
}

/** The place is the plan's, wherever whoever deploys is at home. */
function providerFor(
  name: string,
  plan: ClusterPlan,
  { gcpProject }: CloudOptions,
  { parent }: ComponentResourceOptions = {},
): Provider {
  const project = gcpProject === undefined ? {} : { project: gcpProject };
  return new Provider(`${name}-gcp`, { ...project, region: plan.place.location }, { ...(parent && { parent }) });
}
