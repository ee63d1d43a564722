/** A report cannot be made or trusted from what was given; the message says what was found and what to do. */
export class SlaError extends Error {
  override readonly name = 'UserError';
}
