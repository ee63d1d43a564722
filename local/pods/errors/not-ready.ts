/** The cluster is not ready and will not be in time; `reasons` says what is missing, one line each or more. */
export class NotReadyError extends Error {
  readonly code = 'NOT_READY';
  override readonly name = 'NotReadyError';
  readonly reasons: readonly string[];

  constructor(summary: string, reasons: readonly string[]) {
    super([summary, ...reasons.map((reason) => `- ${reason.replaceAll('\n', '\n  ')}`)].join('\n'));
    this.reasons = reasons;
  }
}
