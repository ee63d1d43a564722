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

/** What every worker of a region must bring. */
export interface MachineDemand {
  readonly cpu: number;
  readonly memoryGiB: number;
  readonly networkGbps: number;
}

/** The smallest type of a cloud that meets `demand`, or `undefined` where none does. */
export function smallestMachine(platform: CloudPlatform, demand: MachineDemand): Machine | undefined {
  return MACHINES[platform].find(
    ({ cpu, memoryGiB, networkGbps }) =>
      cpu >= demand.cpu && memoryGiB >= demand.memoryGiB && networkGbps >= demand.networkGbps,
  );
}
