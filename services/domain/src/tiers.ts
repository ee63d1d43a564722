import { type CalendarDate, dateIn, daysBetween, type TimeZone } from './calendar.ts';

/** Where an answer lies, nearest to the caller first: the process, the region's Redis, the object store. */
export const TIERS = ['hot', 'warm', 'cold'] as const;
export type Tier = (typeof TIERS)[number];

/** What is known of an answer's use. */
export interface TierFacts {
  readonly now: number;
  /** The zone of the couple's calendar. */
  readonly zone: TimeZone;
  readonly weddingDate?: CalendarDate | undefined;
  /** Epoch milliseconds; the instant of storing for an answer that was never used. */
  readonly lastUsedAt: number;
  /** How often it was served. */
  readonly uses: number;
  readonly sizeBytes: number;
}

const HOUR = 3_600_000;
/** How long an answer of ordinary size that nobody has used yet stays warm. */
const PATIENCE = 2 * HOUR;
/** An answer is hot for this share of the time for which it is warm. */
const HOT_SHARE = 1 / 8;
/** The size of an ordinary answer; a larger one has to earn its place, by as many doublings. */
export const ORDINARY_BYTES = 16 * 1024;

/**
 * The tier to which an answer belongs. It stays warm after its last use for a time that grows with use and with the nearness of
 * its wedding and shrinks with its size, and hot for an eighth of that time. So a nearer wedding, more or later use, or a smaller size never
 * gives a colder tier; and within a day of the wedding nothing is cold.
 */
export function classify(facts: TierFacts): Tier {
  const { now, zone, weddingDate, lastUsedAt, uses, sizeBytes } = facts;
  const distance = weddingDate === undefined ? Infinity : Math.abs(daysBetween(dateIn(zone, now), weddingDate));
  const weight = 1 + Math.max(0, Math.log2(sizeBytes / ORDINARY_BYTES));
  const patience = (PATIENCE * (1 + Math.log2(1 + uses)) * urgency(distance)) / weight;
  const idle = now - lastUsedAt;
  if (idle <= patience * HOT_SHARE) return 'hot';
  return idle <= patience || distance <= 1 ? 'warm' : 'cold';
}

/** How much longer an answer is kept near for a wedding so many days away. */
function urgency(days: number): number {
  if (days <= 1) return 16;
  if (days <= 7) return 8;
  return days <= 30 ? 2 : 1;
}
