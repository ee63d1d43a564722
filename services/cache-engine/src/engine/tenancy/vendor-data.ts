import { plainForm } from './personal-data.ts';
import { foldWord, isOrdinary } from './vocabulary.ts';

/** Asks for what the asker may or should do, which is the same for everybody: the one way in which `I` and `we` tell nothing. */
const ASKING =
  /\b(?:do|does|should|can|could|would|must|may|might|will|shall|need|am|are|(?:should|can|could|would|must|do)(?:n't)) (?:i|we)\b/g;
const ASKED = /\b(?:tell|give|show|help|remind|teach|let|explain to) (?:me|us)\b/g;
const REQUESTED =
  /^(?:please )?(?:can|could|would|will) you (?:please )?(?=(?:explain|tell|give|list|suggest|recommend|describe|help|show)\b)/;

const FIRST_PERSON = /\b(?:i|me|my|mine|myself|we|us|our|ours|ourselves)\b/;
const SECOND_PERSON = /\b(?:you|your|yours|yourself|yourselves)\b/;
/** Somebody in particular. `They` is how guests in general are spoken of. */
const THIRD_PERSON =
  /\b(?:he|him|his|himself|she|her|hers|herself)\b|\b(?:this|that|these|those) (?:couple|bride|groom|client|guest|family|wedding|event|booking|enquiry|vendor|supplier|venue)s?\b/;
/** What one vendor offers, spoken of as known. */
const OFFER =
  /\b(?:the|this|that) (?:\w+ ){0,2}(?:packages?|price ?list|brochure|quote|invoice|contract|booking|enquiry|availability|rate card)\b/;

/** Parts of vendors' ids that say what they do, not who they are. */
const TRADES = new Set(
  `wedding weddings photography photographer photographers photo photos studio studios films film video videography events event catering
  caterers caterer flowers florist florists floral cakes cake bakery baker band music dj entertainment venue venues hall barn hotel
  manor house planner planners planning hair makeup beauty cars car transport celebrant celebrants officiant bridal the and of
  vendor limited ltd`.split(/\s+/),
);

/** Letters from which on an id is looked for inside and across words: shorter ones lie in ordinary words by chance. */
const LONG_ID = 5;

/** Whether a question speaks of the asker's own business, or addresses it. */
export function speaksOfVendor(text: string): 'first-person' | 'vendor' | undefined {
  const plain = plainForm(text).trim().toLowerCase().replace(REQUESTED, '').replace(ASKED, '').replace(ASKING, '');
  if (FIRST_PERSON.test(plain)) return 'first-person';
  return SECOND_PERSON.test(plain) || OFFER.test(plain) ? 'vendor' : undefined;
}

/** Whether a text speaks of somebody in particular without a name. */
export function speaksOfSomebody(text: string): boolean {
  return THIRD_PERSON.test(plainForm(text).toLowerCase());
}

/** Whether a text holds a vendor's id, or a part of it that may be its name, whatever stands between its letters. */
export function namesVendor(text: string, vendorId: string): boolean {
  const letters = (part: string) =>
    foldWord(plainForm(part))
      .replace(/&/g, 'and')
      .replace(/[^\p{L}\p{N}]/gu, '');
  const words = new Set(foldWord(plainForm(text)).split(/[^\p{L}\p{N}]+/u));
  const id = letters(vendorId);
  if (id.length >= LONG_ID && !isOrdinary(id) && letters(text).includes(id)) return true;
  return vendorId
    .split(/[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})/u)
    .map(letters)
    .some((part) => part.length > 1 && !TRADES.has(part) && words.has(part));
}
