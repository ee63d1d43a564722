/** The API server's refusal, in its own words. */
export class StatusError extends Error {
  override readonly name = 'StatusError';
  /** The HTTP status: 403 forbidden, 404 not found, 409 conflict, 422 invalid, 429 not now. */
  readonly status: number;
  readonly reason: string;

  /** @param attempt what was tried: `apply Deployment wedsync-cache/cache-engine` */
  constructor(attempt: string, status: number, body: unknown) {
    const { message, reason } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
    super(`${attempt}: ${typeof message === 'string' ? message : `HTTP ${status} ${String(body)}`.trim()}`);
    this.status = status;
    this.reason = typeof reason === 'string' ? reason : '';
  }
}
