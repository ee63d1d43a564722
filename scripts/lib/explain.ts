/** An error in words for a person: the message where it was written for one, the stack where nobody foresaw it. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const foreseen = 'code' in error || error.name === 'UserError' || error.name === 'UsageError';
  return foreseen ? error.message : (error.stack ?? error.message);
}
