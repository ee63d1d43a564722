/** Something about a freeze, a key or a token that its reader can mend; the message says all that is needed. */
export class FreezeError extends Error {
  /** The name by which commands know errors whose message is enough. */
  override readonly name = 'UserError';
}
