import type { FastifyError } from 'fastify';
import { EngineAway, EngineRefused } from '../ports/engine.ts';
import { MetricsAway } from '../ports/metrics.ts';
import { Problem, type ProblemKind } from './problem.ts';

/** Bytes that a request's body may have: nothing that the console sends comes near. */
export const BODY_LIMIT = 64 * 1024;

/** The framework's own errors by their code, as kind and detail. */
const FRAMEWORK: Readonly<Record<string, readonly [kind: ProblemKind, detail: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['too-large', `The body may have at most ${BODY_LIMIT} bytes.`],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-media-type', 'Send the body as application/json.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid-request', 'The body is empty; send a JSON object.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid-request', 'The body is not valid JSON.'],
};

/** The problem that any error thrown while a request is served amounts to. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof EngineAway) return new Problem('engine-away', error.message);
  if (error instanceof EngineRefused) return new Problem('invalid-request', error.message, {}, error.status);
  if (error instanceof MetricsAway) return new Problem('metrics-away', error.message);
  const { code = '', statusCode = 500, validation, message } = error as Partial<FastifyError>;
  const known = FRAMEWORK[code];
  if (known !== undefined) return new Problem(...known);
  if (validation !== undefined) return new Problem('invalid-request', `${message ?? 'The request is not valid'}.`);
  if (statusCode >= 400 && statusCode < 500)
    return new Problem('invalid-request', 'The request cannot be read.', {}, statusCode);
  return new Problem('internal', 'An unexpected error was logged; it is safe to try again.');
}
