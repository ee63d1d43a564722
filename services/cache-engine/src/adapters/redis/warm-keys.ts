import { CACHE_KEY_PREFIX } from '../../contract.ts';
import { partitionOfKey, type AnswerKey } from '../../engine/answer-key.ts';

/** A string: the record. */
export function recordKey(key: AnswerKey): string {
  const partition = partitionOfKey(key);
  return `${CACHE_KEY_PREFIX}{${partition}}${key.slice(partition.length)}`;
}

/** A hash from digest to listing: what a frame holds. */
export function frameKey(partition: string, frame: string): string {
  return `${CACHE_KEY_PREFIX}{${partition}}!frame:${frame}`;
}

/**
 * A sorted set of a partition's frames, as JSON, by when the last of their records expires. The score only grows, whoever writes:
 * a frame is found for as long as it holds anything.
 */
export function framesKey(partition: string): string {
  return `${CACHE_KEY_PREFIX}{${partition}}!frames`;
}

/** The part of a key that tells it from the others of its partition. */
export function digestOfKey(key: AnswerKey): string {
  return key.slice(key.indexOf(':') + 1);
}
