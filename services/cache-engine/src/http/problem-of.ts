import type { FastifyError } from 'fastify';
import { NotCached } from '../engine/not-cached.ts';
import { OriginError } from '../ports/origin.ts';
import { Problem, type ProblemKind } from './problem.ts';

/** Bytes that a request's body may have. */
export const BODY_LIMIT = 1024 * 1024;

/** Members by these names are refused wherever they stand: code that copies objects could take them for an object's prototype. */
const NO_JSON =
  'The body is not valid JSON (it may have been cut off), or has a member named __proto__ or constructor.prototype.';

/** The framework's own errors by their code, as kind and detail. */
const FRAMEWORK: Readonly<Record<string, readonly [kind: ProblemKind, detail: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['too-large', `The body may have at most ${BODY_LIMIT} bytes.`],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-media-type', 'Send the body as application/json.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid-request', 'The body is shorter or longer than Content-Length says.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid-request', 'The body is empty; send a JSON object.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid-request', NO_JSON],
  FST_ERR_BAD_URL: ['invalid-request', 'The path is not a valid URL.'],
  FST_ERR_MAX_PARAM_LENGTH: ['invalid-request', 'The path is too long.'],
};

const RETRY_SOON = { 'retry-after': '1' } as const;

/** The problem that any error thrown while a request is served amounts to. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof OriginError) return problemOfOrigin(error);
  if (error instanceof NotCached) return new Problem('not-cached', error.message);
  if (error instanceof SyntaxError) return new Problem('invalid-request', NO_JSON);
  const { code = '', statusCode = 500 } = error as Partial<FastifyError>;
  const known = FRAMEWORK[code];
  if (known !== undefined) return new Problem(...known);
  if (statusCode >= 400 && statusCode < 500)
    return new Problem('invalid-request', 'The request cannot be read.', { status: statusCode });
  return new Problem('internal', 'An unexpected error was logged; it is safe to try again.');
}

function problemOfOrigin({ failure, message, status, retryAfter }: OriginError): Problem {
  switch (failure) {
    case 'refused':
      return new Problem('invalid-request', message, { status });
    case 'limited':
      return new Problem('over-quota', message, { headers: { 'retry-after': String(retryAfter ?? 1) } });
    case 'timeout':
      return new Problem('origin-timeout', message);
    case 'unavailable':
      return new Problem('bad-origin', message, { headers: RETRY_SOON });
    case 'no-answer':
      return new Problem('bad-origin', message);
    case 'breaker-open':
    case 'overloaded':
      return new Problem('unavailable', message, { headers: { 'retry-after': String(retryAfter ?? 1) } });
  }
}
