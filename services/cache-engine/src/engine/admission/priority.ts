import { dateIn, daysBetween, nearness, type TimeZone } from '@wedsync/domain';
import type { QuestionContext } from '../question.ts';

/**
 * How urgent an answer is: somebody stands at the wedding, the wedding is days away, it is an ordinary question, or nobody
 * waits for it at all.
 */
export type Priority = 'wedding-day' | 'near-wedding' | 'ordinary' | 'background';

/** Every priority, the most urgent first. */
export const PRIORITIES: readonly Priority[] = ['wedding-day', 'near-wedding', 'ordinary', 'background'];

/** A wedding day ends when the work of its night does: photographers deliver until 02:00. */
const NIGHT = 2 * 3_600_000;

/**
 * The priority of a question that somebody waits for. A wedding is near for as long as its answers live shorter than others.
 * @param now epoch milliseconds
 * @param zone the zone of the couple's calendar
 */
export function priorityOf(
  { weddingDate }: Pick<QuestionContext, 'weddingDate'>,
  now: number,
  zone: TimeZone,
): Priority {
  if (weddingDate === undefined) return 'ordinary';
  const today = dateIn(zone, now);
  if (weddingDate === today || weddingDate === dateIn(zone, now - NIGHT)) return 'wedding-day';
  return nearness(daysBetween(today, weddingDate)) < 1 ? 'near-wedding' : 'ordinary';
}
