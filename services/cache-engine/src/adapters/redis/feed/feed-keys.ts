import { CACHE_KEY_PREFIX } from '../../../contract.ts';

/** What all keys of the feed begin with: they share a slot, so that one node keeps the log, who reads it, and wakes them. */
const PREFIX = `${CACHE_KEY_PREFIX}{changes}`;

/** A stream of what changed. */
export const LOG_KEY = PREFIX;

/** The channel on which those who follow are woken. */
export const CHANNEL = PREFIX;

/** A set of the engines that have been up lately. */
export const ENGINES_KEY = `${PREFIX}!engines`;

/** A string that is there while an engine is up. */
export function beatKey(engine: string): string {
  return `${PREFIX}!engine:${engine}`;
}

/** A hash from engine to its report on a receipt. */
export function receiptKey(receipt: string): string {
  return `${PREFIX}!receipt:${receipt}`;
}
