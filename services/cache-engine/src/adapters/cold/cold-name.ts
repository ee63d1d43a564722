import type { AnswerKey } from '../../engine/answer-key.ts';

/** What a partition or a digest may look like: base64url. No dot and no slash, so it can be nothing but a plain name. */
const PART = /^[A-Za-z0-9_-]{1,128}$/;

/** Where a record lies: the names of its folder and of itself. */
export interface ColdName {
  readonly partition: string;
  readonly digest: string;
}

/** The name of a record in a folder or bucket. Throws a RangeError for what is no AnswerKey: it could lead anywhere. */
export function coldName(key: AnswerKey): ColdName {
  const [partition = '', digest = '', ...more] = key.split(':');
  if (!PART.test(digest) || more.length > 0) throw notAName(key);
  return { partition: partitionName(partition), digest };
}

/** `partition`, checked. Throws a RangeError for what is none. */
export function partitionName(partition: string): string {
  if (!PART.test(partition)) throw notAName(partition);
  return partition;
}

function notAName(text: string): RangeError {
  return new RangeError(
    `${JSON.stringify(text)} names no place in the cold tier: it must be <partition>:<digest>, in base64url.`,
  );
}
