/** A number with a unit or in a notation that cannot be a reference: `35mm`, `3pm`, `5x7`, `f2.8`, `A4`, `50%`. */
const MEASURE =
  /(?<![\p{L}\p{N}])(?:\d{1,4}(?:[.:]\d{1,2})?(?:mm|cm|m|km|in|ft|g|kg|ml|l|oz|lb|h|hr|hrs|min|mins|s|am|pm|x|w|kw|v|amps?|hz|mp|gb|tb|d|s|nd|yr|yrs)|\d{1,2}x\d{1,2}|f\/?\d{1,2}(?:\.\d)?|a[3-6]|[1-9]\d?s)(?![\p{L}\p{N}])/giu;

/** Letters and digits in one word: a registration, an order, a postcode, a room. */
const MIXED = /\p{L}\p{N}|\p{N}\p{L}/u;

/** `text` without its measures, each of which is replaced by a digit. */
export function withoutMeasures(text: string): string {
  return text.replace(MEASURE, '0');
}

/** Whether letters and digits are mixed in a way that no measure does, as references do. */
export function hasReference(text: string): boolean {
  return MIXED.test(withoutMeasures(text));
}
