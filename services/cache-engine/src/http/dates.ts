import { isWeddingDate } from '@wedsync/domain';
import { fieldProblem } from './problem.ts';
import { WEDDING_DATE_ALLOWED } from './schemas.ts';

/** An instant (epoch milliseconds) as the API writes it. */
export function iso(instant: number): string {
  return new Date(instant).toISOString();
}

/** @throws Problem when `date` is in no calendar, or out of the years of weddings. */
export function checkWeddingDate(date: string, pointer: string): void {
  if (!isWeddingDate(date)) throw fieldProblem(pointer, WEDDING_DATE_ALLOWED);
}
