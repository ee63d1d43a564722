import { type CloudPlace, type CloudPlatform, type RegionName, type Season, workerBounds } from '@wedsync/domain';
import { type AddressPlan, addressPlan } from './addresses.ts';
import { type Machine, smallestMachine } from './machines.ts';
import { type PoolPlan, zonePools } from './pools.ts';
import { type PoolSize, workerDemand, type WorkerFigures } from './worker-demand.ts';

/** What a region's cluster is planned from. */
export interface ClusterFigures extends WorkerFigures {
  readonly region: RegionName;
  readonly place: CloudPlace;
  readonly kubernetesVersion: string;
  readonly season: Season;
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

/** The smallest type of which the workers hold what they are for. */
function machineFor(platform: CloudPlatform, figures: WorkerFigures): Machine {
  const demand = workerDemand(figures);
  const machine = smallestMachine(platform, demand);
  if (machine !== undefined) return machine;
  const { size, pods, networkGbps } = demand;
  const words = ({ cpu, memoryGiB }: PoolSize) => `${Math.ceil(cpu)} cores and ${Math.ceil(memoryGiB)} GiB`;
  throw new Error(
    `${platform} has no machine of ${networkGbps} Gbit/s with ${words(size)}, a worker's share of wedsync:pool, that leaves ` +
      `${words(pods)} to Pods, its share of engines, Redis and the cluster's services. ` +
      'Raise wedsync:workers, lower wedsync:pool or wedsync:networkGbps, or install fewer of wedsync:clusterServices.',
  );
}
