const HOUR = 3600;

/** What the answers for one type of vendor are like. */
export interface VendorProfile {
  /** How long an answer holds before volatility and nearness are weighed in, in seconds. */
  readonly baseTimeToLive: number;
  /** How quickly the answers change, 1 being ordinary. */
  readonly volatility: number;
}

/** Base time to live and volatility by vendor type. */
const PROFILES = {
  photographer: { baseTimeToLive: 2 * HOUR, volatility: 1.4 },
  videographer: { baseTimeToLive: 2 * HOUR, volatility: 1.4 },
  venue: { baseTimeToLive: 24 * HOUR, volatility: 0.7 },
  caterer: { baseTimeToLive: 6 * HOUR, volatility: 1.0 },
  florist: { baseTimeToLive: 4 * HOUR, volatility: 1.3 },
  band: { baseTimeToLive: 3 * HOUR, volatility: 1.2 },
  dj: { baseTimeToLive: 3 * HOUR, volatility: 1.2 },
  planner: { baseTimeToLive: 8 * HOUR, volatility: 0.9 },
  baker: { baseTimeToLive: 5 * HOUR, volatility: 0.9 },
  transport: { baseTimeToLive: 4 * HOUR, volatility: 1.1 },
  officiant: { baseTimeToLive: 12 * HOUR, volatility: 0.8 },
  'hair-and-make-up': { baseTimeToLive: 3 * HOUR, volatility: 1.3 },
  other: { baseTimeToLive: 4 * HOUR, volatility: 1.0 },
} as const satisfies Record<string, VendorProfile>;

export type VendorType = keyof typeof PROFILES;

/** Every vendor type, in the order in which they are listed to people. */
export const VENDOR_TYPES = Object.keys(PROFILES) as readonly VendorType[];

/** Whether `text` names a vendor type. */
export function isVendorType(text: string): text is VendorType {
  return Object.hasOwn(PROFILES, text);
}

/** The profile of a vendor type. */
export function vendorProfile(type: VendorType): VendorProfile {
  return PROFILES[type];
}
