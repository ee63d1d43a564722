import { isJsonObject } from '../../engine/json.ts';
import { OriginError } from '../../ports/origin.ts';
import { jsonOf } from './body.ts';

/** Error codes of connections that were never made, or were closed before the request was read. */
const UNREACHED = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/** Longest message of an origin that is passed on to callers, in characters. */
const MESSAGE_LIMIT = 500;

/** What a failure of `fetch`, or of reading what it fetched, means to the engine's callers. */
export function connectionFailure(error: unknown): OriginError {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  const unreached = typeof cause?.code === 'string' && UNREACHED.has(cause.code);
  return new OriginError(
    'unavailable',
    unreached ? 'The origin could not be reached.' : 'The connection to the origin broke.',
  );
}

/** What an answer with an error status means to the engine's callers. */
export async function refusal(response: Response): Promise<OriginError> {
  const { status, headers } = response;
  const reason = messageIn(await jsonOf(response).catch(() => undefined)) ?? `status ${status}`;
  if (status === 429) {
    return new OriginError('limited', `The origin is over its quota: ${reason}`, {
      status,
      retryAfter: retryAfter(headers),
    });
  }
  // 401 and 403 speak of the engine's key at the origin, not of the caller's: the caller has done nothing wrong.
  if (status === 401 || status === 403)
    return new OriginError('unavailable', 'The origin does not accept the key that it was given.', { status });
  if (status === 408) return new OriginError('timeout', `The origin timed out: ${reason}`);
  if (status < 500) return new OriginError('refused', `The origin refused the request: ${reason}`, { status });
  return new OriginError('unavailable', `The origin failed with status ${status}.`, {
    retryAfter: retryAfter(headers),
  });
}

/** Seconds that a Retry-After header asks for: it holds seconds or a date. `undefined` when there is none that can be read. */
function retryAfter(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim();
  if (text === undefined || text === '') return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}

function messageIn(body: unknown): string | undefined {
  const error = isJsonObject(body) ? body['error'] : undefined;
  const message = isJsonObject(error) ? error['message'] : undefined;
  return typeof message === 'string' ? message.slice(0, MESSAGE_LIMIT) : undefined;
}
