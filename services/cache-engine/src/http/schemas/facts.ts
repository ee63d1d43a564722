import { VENDOR_TYPES } from '@wedsync/domain';
import { Type } from 'typebox';
import { calendarDate, identifier, PRINTABLE } from './texts.ts';

/** A vendor type. */
export const VendorTypeSchema = Type.Enum([...VENDOR_TYPES], {
  description: `one of ${VENDOR_TYPES.join(', ')}`,
});

/** The facts about vendor and wedding, in a query as in a chat completion's metadata. */
export const facts = {
  vendorId: identifier('the id of the vendor to whom the API key belongs'),
  vendorType: VendorTypeSchema,
  weddingId: identifier('the id of the wedding'),
  coupleId: identifier('the id of the couple'),
  weddingDate: calendarDate(),
  finalNumbersDue: calendarDate('the day on which the final numbers are due'),
  balanceDue: calendarDate('the day on which the balance is due'),
  location: Type.String({
    minLength: 1,
    maxLength: 200,
    pattern: PRINTABLE,
    description: 'a place: 1 to 200 printable characters',
  }),
};

/** The vendor whose part of the cache the administration means. */
export const vendorId = identifier('the id of a vendor');

/** Path of what is asked about one wedding. */
export const WeddingPath = Type.Object({ weddingId: facts.weddingId });

/** Query string of what the administration asks about one vendor. */
export const VendorChoice = Type.Object(
  { vendorId },
  { additionalProperties: false, description: 'a query string with vendorId' },
);
