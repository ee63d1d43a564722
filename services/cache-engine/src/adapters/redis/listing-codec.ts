import { keyIn } from '../../engine/answer-key.ts';
import type { Listing } from '../../ports/warm-tier.ts';

const LINE_BREAK = 0x0a;

/** What of a listing stands in clear. */
type Plain = Pick<Listing, 'kind' | 'tags' | 'bornAt' | 'expiresAt'>;

/** A listing as it lies in its frame under its digest: a line of JSON, then the sealed details. */
export function encodeListing({ kind, tags, bornAt, expiresAt, details }: Listing): Buffer {
  const plain: Plain = { kind, tags, bornAt, expiresAt };
  return Buffer.concat([Buffer.from(`${JSON.stringify(plain)}\n`), details]);
}

/** The listing that `encodeListing` wrote. */
export function decodeListing(partition: string, frame: string, digest: string, bytes: Buffer): Listing {
  const end = bytes.indexOf(LINE_BREAK);
  const plain = JSON.parse(bytes.toString('utf8', 0, end)) as Plain;
  return { key: keyIn(partition, digest), frame, ...plain, details: bytes.subarray(end + 1) };
}
