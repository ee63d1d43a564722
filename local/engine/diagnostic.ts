/** Something to tell the user about a run as a whole or about one resource. */
export interface Diagnostic {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  /** The resource concerned, or empty. */
  readonly urn: string;
  /** Where in the program an unexpected error arose, or empty. */
  readonly stack: string;
}

/** An error in the given words about nothing in particular. */
export function failure(message: string, urn = ''): Diagnostic {
  return { severity: 'error', message, urn, stack: '' };
}
