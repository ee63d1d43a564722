import {
  type Bounds,
  type CloudPlace,
  type CloudPlatform,
  type RegionName,
  type Season,
  SEASONS,
  workerBounds,
} from '@wedsync/domain';
import { type AddressPlan, addressPlan } from './addresses.ts';
import { type Machine, smallestMachine } from './machines.ts';
import { type PoolPlan, zonePools } from './pools.ts';

/** CPU cores and memory of all workers together. */
export interface PoolSize {
  readonly cpu: number;
  readonly memoryGiB: number;
}

/** What a region's cluster is planned from. */
export interface ClusterFigures {
  readonly region: RegionName;
  readonly place: CloudPlace;
  readonly kubernetesVersion: string;
  readonly season: Season;
  /** Workers over the year. */
  readonly workers: Bounds;
  readonly pool: { readonly normal: PoolSize; readonly weddingSeason: PoolSize };
  readonly networkGbps: number;
  /** Zones that are used of those that the place has. */
  readonly zones: number;
  /** Who may do anything in the cluster, beside whoever deploys, by the names of the cloud. */
  readonly admins: readonly string[];
}

type Weekday = 'Tuesday' | 'Wednesday';

/** Hours of one or more days of each week, in UTC. */
export interface MaintenanceWindow {
  readonly days: readonly [Weekday, ...Weekday[]];
  readonly startHour: number;
  readonly hours: number;
}

/** A Kubernetes cluster of a cloud as data: what every platform must give, whatever it calls it. */
export interface ClusterPlan {
  readonly name: string;
  readonly place: CloudPlace;
  readonly kubernetesVersion: string;
  readonly addresses: AddressPlan;
  /** One a zone; with the bounds of the season. */
  readonly pools: readonly PoolPlan[];
  readonly machine: Machine;
  /** GB of a worker's encrypted system disk. */
  readonly diskGB: number;
  /** Days between rotations of the key under which secrets and disks are encrypted. */
  readonly keyRotationDays: number;
  /** Days for which audit logs are kept. */
  readonly auditLogDays: number;
  /** When the cloud may renew machines and patch the control plane: never near a Saturday. */
  readonly maintenance: MaintenanceWindow;
  readonly admins: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Between rotations of a key: no longer than any month, and on the weekday on which the key was made, which is never a Saturday. */
const FOUR_WEEKS_DAYS = 28;
/** Each season once, with all that was done in it, as an auditor asks for it. */
const AUDIT_LOG_DAYS = 365;
/** Room for images and logs; the data of Redis has volumes of its own. */
const DISK_GB = 128;
/** The quiet hours of the days that are farthest from a Saturday. */
const MAINTENANCE: MaintenanceWindow = { days: ['Tuesday', 'Wednesday'], startHour: 8, hours: 6 };

/**
 * Lays out a cluster on a cloud.
 *
 * @throws Error naming the demand, where the cloud has no machine that meets it.
 */
export function planCluster(platform: CloudPlatform, figures: ClusterFigures): ClusterPlan {
  const { region, place, season, workers, admins, kubernetesVersion } = figures;
  const zones = place.zones.slice(0, figures.zones);
  return {
    name: `wedsync-${region}`,
    place,
    kubernetesVersion,
    addresses: addressPlan(region, Math.max(place.zones.length, 1)),
    pools: zonePools(workerBounds(workers, season), zones),
    machine: machineFor(platform, figures),
    diskGB: DISK_GB,
    keyRotationDays: FOUR_WEEKS_DAYS,
    auditLogDays: AUDIT_LOG_DAYS,
    maintenance: MAINTENANCE,
    admins,
    tags: { product: 'wedsync', stack: region, 'managed-by': 'pulumi' },
  };
}

/** The type with which the season's most workers fill the season's pool, in every season, so that no season changes the machines. */
function machineFor(platform: CloudPlatform, { pool, workers, networkGbps }: ClusterFigures): Machine {
  const each = SEASONS.map((season) => {
    const { cpu, memoryGiB } = season === 'peak' ? pool.weddingSeason : pool.normal;
    const { maximum } = workerBounds(workers, season);
    return { cpu: cpu / maximum, memoryGiB: memoryGiB / maximum };
  });
  const demand = {
    cpu: Math.max(...each.map(({ cpu }) => cpu)),
    memoryGiB: Math.max(...each.map(({ memoryGiB }) => memoryGiB)),
    networkGbps,
  };
  const machine = smallestMachine(platform, demand);
  if (machine !== undefined) return machine;
  throw new Error(
    `${platform} has no machine with ${Math.ceil(demand.cpu)} cores, ${Math.ceil(demand.memoryGiB)} GiB and ${networkGbps} Gbit/s. ` +
      'Raise wedsync:workers, or lower wedsync:pool or wedsync:networkGbps.',
  );
}
