import type { JsonObject } from '../engine/json.ts';

/** The kinds of problem that the API reports: status, title, and the type and code that OpenAI's clients know. */
const KINDS = {
  'invalid-request': { status: 400, title: 'The request is not valid', type: 'invalid_request_error' },
  unauthenticated: { status: 401, title: 'The API key is missing or not valid', type: 'authentication_error' },
  forbidden: { status: 403, title: 'The API key does not permit this', type: 'permission_error' },
  'not-found': { status: 404, title: 'There is nothing here', type: 'invalid_request_error' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here', type: 'invalid_request_error' },
  'too-large': { status: 413, title: 'The request is too large', type: 'invalid_request_error' },
  'unsupported-media-type': { status: 415, title: 'The media type is not supported', type: 'invalid_request_error' },
  'headers-too-large': { status: 431, title: 'The request headers are too large', type: 'invalid_request_error' },
  'over-quota': { status: 429, title: 'The AI provider is over its quota', type: 'rate_limit_error' },
  'caller-gone': { status: 499, title: 'The caller hung up', type: 'invalid_request_error' },
  internal: { status: 500, title: 'The engine failed', type: 'server_error' },
  'bad-origin': { status: 502, title: 'The AI provider gave no answer', type: 'server_error' },
  unavailable: { status: 503, title: 'The service is not available at the moment', type: 'server_error' },
  'origin-timeout': { status: 504, title: 'The AI provider did not answer in time', type: 'server_error' },
  // RFC 9111, 5.2.1.7: what a cache says to only-if-cached when it has nothing.
  'not-cached': { status: 504, title: 'There is no cached answer', type: 'invalid_request_error' },
} as const;

export type ProblemKind = keyof typeof KINDS;

/** What is wrong with one field of a request: a JSON pointer to it, and what is allowed there. */
export interface FieldProblem {
  readonly pointer: string;
  readonly detail: string;
}

/** What a problem may say beyond its kind and detail. */
export interface ProblemExtras {
  readonly fields?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
  /** A status other than the kind's own. */
  readonly status?: number | undefined;
}

/** The media type of RFC 9457. */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/**
 * An error as callers see it. Its body is an RFC 9457 problem and at the same time an OpenAI error, whose members don't
 * collide: general clients read the one, the official `openai` clients raise the right class from the other.
 */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly fields: readonly FieldProblem[];
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;

  constructor(kind: ProblemKind, detail: string, { fields = [], headers = {}, status }: ProblemExtras = {}) {
    super(detail);
    this.name = 'Problem';
    this.kind = kind;
    this.fields = fields;
    this.headers = headers;
    this.status = status ?? KINDS[kind].status;
  }

  /** The body of the response. */
  body(): JsonObject {
    const { title, type } = KINDS[this.kind];
    const param = this.fields[0]?.pointer.slice(2).replaceAll('/', '.') ?? null;
    return {
      type: `urn:wedsync:problem:${this.kind}`,
      title,
      status: this.status,
      detail: this.message,
      ...(this.fields.length === 0 ? {} : { errors: this.fields.map(({ pointer, detail }) => ({ pointer, detail })) }),
      error: { message: this.message, type, code: this.kind.replaceAll('-', '_'), param },
    };
  }
}

/** A problem with one field. `pointer` is a JSON pointer into the body, such as `#/metadata/weddingDate`. */
export function fieldProblem(pointer: string, detail: string, kind: ProblemKind = 'invalid-request'): Problem {
  return new Problem(kind, `${pointer.slice(2).replaceAll('/', '.')} ${detail}`, { fields: [{ pointer, detail }] });
}
