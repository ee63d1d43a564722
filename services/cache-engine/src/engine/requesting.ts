import type { Request } from './answering.ts';
import type { Controls } from './controls.ts';
import { placeOf, tagDigest, type Place } from './place.ts';
import type { Question } from './question.ts';
import { sharedPartition, shareable } from './tenancy/sharing.ts';

/** A request, and why its question may not be shared when it may not. */
export interface PlacedRequest {
  readonly request: Request;
  readonly notShared: string | undefined;
}

/** The request of a vendor, with the places where its answer may lie. */
export function requestOf(
  question: Question,
  partition: string,
  controls: Controls,
  tags: readonly string[] = [],
): PlacedRequest {
  const sharing = shareable(question);
  const request = {
    question,
    place: placeOf(question, partition),
    shared: sharing.shareable ? sharedPlaceOf(question) : undefined,
    controls,
    tags: tags.map(tagDigest),
  };
  return { request, notShared: sharing.shareable ? undefined : sharing.reason };
}

/** The place of a question among those that all vendors of a type share: as if nobody in particular had asked it. */
export function sharedPlaceOf(question: Question): Place {
  const { vendorType } = question.context;
  return placeOf({ ...question, context: { vendorId: '', vendorType } }, sharedPartition(vendorType));
}
