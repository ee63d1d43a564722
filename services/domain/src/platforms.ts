import { allowedCloudRegions } from './cloud-regions.ts';
import { regionIdentity, type RegionName } from './regions.ts';

/** Where a region's Kubernetes comes from: Azure, AWS, Google, or a cluster that is there already. */
export const PLATFORMS = ['aks', 'eks', 'gke', 'existing'] as const;
export type Platform = (typeof PLATFORMS)[number];
export type CloudPlatform = Exclude<Platform, 'existing'>;

/** A cloud's region, by the name that the cloud has for it, and its availability zones; none where the cloud has none. */
export interface CloudPlace {
  readonly location: string;
  readonly zones: readonly string[];
}

/** The zones of each place in which a region can be made, by the clouds' own names. */
const ZONES: Readonly<Record<CloudPlatform, Readonly<Record<string, readonly string[]>>>> = {
  aks: { uksouth: ['1', '2', '3'], ukwest: [], northeurope: ['1', '2', '3'] },
  eks: {
    'eu-west-1': ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    'eu-west-2': ['eu-west-2a', 'eu-west-2b', 'eu-west-2c'],
  },
  gke: {
    'europe-west1': ['europe-west1-b', 'europe-west1-c', 'europe-west1-d'],
    'europe-west2': ['europe-west2-a', 'europe-west2-b', 'europe-west2-c'],
  },
};

/** Where a region is at home. No large cloud is in Manchester; the nearest to it is Azure's UK West, in Cardiff. */
const HOMES: Readonly<Record<RegionName, { readonly platform: CloudPlatform; readonly location: string }>> = {
  'uk-south': { platform: 'aks', location: 'uksouth' },
  'uk-west': { platform: 'aks', location: 'ukwest' },
  'eu-west': { platform: 'eks', location: 'eu-west-1' },
};

/** The places of a cloud in which a region's data may lie, by the law that it is kept under. */
export function placesFor(region: RegionName, platform: CloudPlatform): readonly CloudPlace[] {
  const allowed = allowedCloudRegions(regionIdentity(region).residency);
  return Object.entries(ZONES[platform])
    .filter(([location]) => allowed.includes(location))
    .map(([location, zones]) => ({ location, zones }));
}

/** Where a region lies on a platform unless its stack says otherwise; a cluster that is there already is taken to be at home. */
export function defaultPlace(region: RegionName, platform: Platform): CloudPlace {
  const home = HOMES[region];
  const places = placesFor(region, platform === 'existing' ? home.platform : platform);
  const found = places.find(({ location }) => location === home.location) ?? places[0];
  if (found === undefined) throw new Error(`No place for ${region} on ${platform}.`);
  return found;
}

/** Kubernetes that a region runs on, as major.minor. */
export const KUBERNETES_VERSIONS = {
  /** The oldest that is accepted. */
  least: '1.30',
  /** What a cluster that is made gets unless its stack says otherwise. */
  made: '1.35',
} as const;
