import type { TimeZone } from './calendar.ts';

/** What does not change about a region, whatever its stack file says. */
export interface RegionIdentity {
  readonly place: string;
  readonly role: 'primary' | 'failover' | 'disaster-recovery';
  /** The zone of the region's change freeze and of its couples' calendars. */
  readonly zone: TimeZone;
  /** Whose law the region's data is kept under. UK law is not EU law. */
  readonly residency: 'UK' | 'EU';
}

const REGIONS = {
  'uk-south': { place: 'London', role: 'primary', zone: 'Europe/London', residency: 'UK' },
  'uk-west': { place: 'Manchester', role: 'failover', zone: 'Europe/London', residency: 'UK' },
  'eu-west': { place: 'Dublin', role: 'disaster-recovery', zone: 'Europe/Dublin', residency: 'EU' },
} as const satisfies Record<string, RegionIdentity>;

export type RegionName = keyof typeof REGIONS;

/** Every region, in the order of their role. */
export const REGION_NAMES = Object.keys(REGIONS) as readonly RegionName[];

/** Whether `text` names a region. */
export function isRegionName(text: string): text is RegionName {
  return Object.hasOwn(REGIONS, text);
}

/** The identity of a region. */
export function regionIdentity(name: RegionName): RegionIdentity {
  return REGIONS[name];
}
