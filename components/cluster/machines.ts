import type { CloudPlatform } from '@wedsync/domain';

/** A machine type of a cloud. */
export interface Machine {
  readonly type: string;
  readonly cpu: number;
  readonly memoryGiB: number;
  /** Network bandwidth that the type always has, in Gbit/s; what it may have in bursts does not count. */
  readonly networkGbps: number;
}

/**
 * General-purpose types with 4 GiB a core, small to large. Bandwidth as the clouds document it: expected for Azure's Ddsv5, baseline for
 * AWS's m6in, egress without Tier_1 for Google's N2.
 */
const MACHINES: Readonly<Record<CloudPlatform, readonly Machine[]>> = {
  aks: [
    { type: 'Standard_D8ds_v5', cpu: 8, memoryGiB: 32, networkGbps: 12.5 },
    { type: 'Standard_D16ds_v5', cpu: 16, memoryGiB: 64, networkGbps: 12.5 },
    { type: 'Standard_D32ds_v5', cpu: 32, memoryGiB: 128, networkGbps: 16 },
    { type: 'Standard_D64ds_v5', cpu: 64, memoryGiB: 256, networkGbps: 30 },
  ],
  eks: [
    { type: 'm6in.2xlarge', cpu: 8, memoryGiB: 32, networkGbps: 12.5 },
    { type: 'm6in.4xlarge', cpu: 16, memoryGiB: 64, networkGbps: 25 },
    { type: 'm6in.8xlarge', cpu: 32, memoryGiB: 128, networkGbps: 50 },
    { type: 'm6in.16xlarge', cpu: 64, memoryGiB: 256, networkGbps: 100 },
  ],
  gke: [
    { type: 'n2-standard-8', cpu: 8, memoryGiB: 32, networkGbps: 16 },
    { type: 'n2-standard-16', cpu: 16, memoryGiB: 64, networkGbps: 32 },
    { type: 'n2-standard-32', cpu: 32, memoryGiB: 128, networkGbps: 32 },
    { type: 'n2-standard-64', cpu: 64, memoryGiB: 256, networkGbps: 32 },
  ],
};

/**
 * What Kubernetes and the system keep of a machine, each as the cloud that keeps most of it documents it. CPU as on AKS, 100m and 10m a
 * core (learn.microsoft.com/azure/aks/node-resource-reservations). Memory as on GKE: 2.6 of the first 16 GiB and 6 % of what follows, with
 * 100 MiB at which Pods are evicted (cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes).
 */
const KEPT = { cpu: 0.1, cpuShare: 0.01, memoryGiB: 1.74, memoryShare: 0.06 } as const;
/** Room for the cloud's own Pods on each machine (network, disks, DNS, metrics): taken with a margin, since no cloud says how much. */
const CLOUD_PODS = { cpu: 0.5, memoryGiB: 1 } as const;

interface Size {
  readonly cpu: number;
  readonly memoryGiB: number;
}

/** What every worker of a region must be. */
export interface MachineDemand {
  /** What it has. */
  readonly size: Size;
  /** What it leaves to the region's Pods and services. */
  readonly pods: Size;
  readonly networkGbps: number;
}

/** The smallest type of a cloud that meets `demand`, or `undefined` where none does. */
export function smallestMachine(
  platform: CloudPlatform,
  { size, pods, networkGbps }: MachineDemand,
): Machine | undefined {
  return MACHINES[platform].find(
    (machine) => holds(machine, size) && holds(left(machine), pods) && machine.networkGbps >= networkGbps,
  );
}

function holds(has: Size, wants: Size): boolean {
  return has.cpu >= wants.cpu && has.memoryGiB >= wants.memoryGiB;
}

/** What a machine leaves to the region. */
function left({ cpu, memoryGiB }: Machine): Size {
  return {
    cpu: cpu * (1 - KEPT.cpuShare) - KEPT.cpu - CLOUD_PODS.cpu,
    memoryGiB: memoryGiB * (1 - KEPT.memoryShare) - KEPT.memoryGiB - CLOUD_PODS.memoryGiB,
  };
}
