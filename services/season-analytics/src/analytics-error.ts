/** What was given cannot be used; the message says what was found, what is allowed and what to do. */
export class AnalyticsError extends Error {
  override readonly name = 'UserError';
}
