import { isVendorType, isWeddingDate } from '@wedsync/domain';
import type { QuestionContext } from '../engine/question.ts';
import type { Vendor } from '../engine/vendor-directory.ts';
import { fieldProblem } from './problem.ts';
import { WEDDING_DATE_ALLOWED } from './schemas.ts';

/** What a request says about vendor and wedding; the schema has checked the form of each. */
export interface StatedFacts {
  readonly vendorId?: string;
  readonly vendorType?: string;
  readonly weddingId?: string;
  readonly coupleId?: string;
  readonly weddingDate?: string;
  readonly finalNumbersDue?: string;
  readonly balanceDue?: string;
  readonly location?: string;
}

const DATES = ['weddingDate', 'finalNumbersDue', 'balanceDue'] as const;

/**
 * The context of a question that `vendor` asks. `at` is the JSON pointer of the object that states the facts.
 * @throws Problem when it is another vendor's, or the date is in no calendar.
 */
export function contextOf(vendor: Vendor, stated: StatedFacts, at: string): QuestionContext {
  const { vendorId, vendorType, weddingId, coupleId, weddingDate, finalNumbersDue, balanceDue, location } = stated;
  if (vendorId !== undefined && vendorId !== vendor.id) {
    throw fieldProblem(`${at}/vendorId`, 'names another vendor than the one to whom the API key belongs', 'forbidden');
  }
  for (const name of DATES) {
    const date = stated[name];
    if (date !== undefined && !isWeddingDate(date)) throw fieldProblem(`${at}/${name}`, WEDDING_DATE_ALLOWED);
  }
  const type = vendorType !== undefined && isVendorType(vendorType) ? vendorType : vendor.type;
  return {
    vendorId: vendor.id,
    vendorType: type,
    ...{ weddingId, coupleId, weddingDate, finalNumbersDue, balanceDue, location },
  };
}
