import { REGION_NAMES, type RegionName } from '@wedsync/domain';

/** IPv4 ranges of a region's network. */
export interface AddressPlan {
  /** The whole network; no two regions overlap, so that any two can be peered. */
  readonly network: string;
  /** Workers of all zones. */
  readonly workers: string;
  /** Workers by zone, inside `workers`. */
  readonly zoneWorkers: readonly string[];
  /** What faces the internet for outgoing connections, by zone. */
  readonly zoneEgress: readonly string[];
  /** The API server's own subnet. */
  readonly apiServer: string;
  /** Private endpoints of the cloud's services. */
  readonly endpoints: string;
  readonly services: string;
  readonly pods: string;
}

const FIRST_NETWORK = 16;
/** As many /20 as fit into the workers' /18. */
const MOST_ZONES = 4;
const ZONES = Array.from({ length: MOST_ZONES }, (_, index) => index);

/** The ranges of a region: 10.16.0.0/16 for the first, 10.17.0.0/16 for the next, and so on. */
export function addressPlan(region: RegionName, zones: number): AddressPlan {
  const network = FIRST_NETWORK + REGION_NAMES.indexOf(region);
  const range = (third: number, bits: number) => `10.${network}.${third}.0/${bits}`;
  const used = ZONES.slice(0, zones);
  return {
    network: range(0, 16),
    workers: range(0, 18),
    zoneWorkers: used.map((zone) => range(zone * 16, 20)),
    zoneEgress: used.map((zone) => range(64 + zone, 24)),
    apiServer: range(80, 28),
    endpoints: range(81, 24),
    services: range(88, 21),
    pods: range(128, 17),
  };
}
