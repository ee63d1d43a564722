import { randomBytes, randomUUID } from 'node:crypto';
import { digestOf, keyIn, partitionOf } from '../../../../services/cache-engine/src/engine/answer-key.ts';
import type { Frame, Listing } from '../../../../services/cache-engine/src/ports/warm-tier.ts';

/** A partition that no other test has. */
export function newPartition(): string {
  return partitionOf(randomUUID());
}

/** A frame that its partition does not have. */
export function newFrame(members: Partial<Frame> = {}): Frame {
  return { id: digestOf(randomUUID()), vendorType: 'venue', model: 'planner', ...members };
}

/** A listing under a key of its own, for a minute. */
export function newListing(partition: string, frame: Frame, members: Partial<Listing> = {}): Listing {
  return {
    key: keyIn(partition, digestOf(randomUUID())),
    frame: frame.id,
    kind: 'answer',
    tags: [],
    bornAt: Date.now(),
    expiresAt: Date.now() + 60_000,
    details: randomBytes(40),
    ...members,
  };
}
