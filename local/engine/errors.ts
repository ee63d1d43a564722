/** Something the user can put right; its message says what was wrong, where, and what is allowed. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** The words of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
