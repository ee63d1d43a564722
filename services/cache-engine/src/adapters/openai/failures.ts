import { isJsonObject } from '../../engine/json.ts';
import { OriginError } from '../../ports/origin.ts';

/** Error codes of connections that were never made, or were closed before the request was read. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/** Longest message of an origin that is passed on to callers, in characters. */
const MESSAGE_LIMIT = 500;

/** Whether `error` of `fetch` says that the server was not reached. */
export function unreachable(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  return typeof cause?.code === 'string' && UNREACHABLE.has(cause.code);
}

/** What an answer with an error status means to the engine's callers. */
export async function refusal(response: Response): Promise<OriginError> {
  const { status } = response;
  const reason = messageIn(await response.json().catch(() => undefined)) ?? `status ${status}`;
  const retryAfter = Number(response.headers.get('retry-after') ?? NaN);
  if (status === 429) {
    const details = { status, retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined };
    return new OriginError('limited', `The origin is over its quota: ${reason}`, details);
  }
  // 401 and 403 speak of the engine's key at the origin, not of the caller's: the caller has done nothing wrong.
  if (status === 401 || status === 403)
    return new OriginError('unavailable', 'The origin does not accept the key that it was given.');
  if (status === 408) return new OriginError('timeout', `The origin timed out: ${reason}`);
  if (status < 500) return new OriginError('refused', `The origin refused the request: ${reason}`, { status });
  return new OriginError('unavailable', `The origin failed with status ${status}.`);
}

function messageIn(body: unknown): string | undefined {
  const error = isJsonObject(body) ? body['error'] : undefined;
  const message = isJsonObject(error) ? error['message'] : undefined;
  return typeof message === 'string' ? message.slice(0, MESSAGE_LIMIT) : undefined;
}
