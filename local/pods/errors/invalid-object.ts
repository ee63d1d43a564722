/** A Kubernetes object lacks what its kind needs, or says something that cannot be. */
export class InvalidObjectError extends Error {
  readonly code = 'INVALID_OBJECT';
  override readonly name = 'InvalidObjectError';

  /** @param object e.g. `Service shop/web` @param problem which field, what was given, what is allowed */
  constructor(object: string, problem: string) {
    super(`${object}: ${problem}`);
  }
}
