import type { ProblemBody } from '../wire.ts';

/** The kinds of problem that the API reports. */
const KINDS = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'signed-out': { status: 401, title: 'Nobody is signed in' },
  forbidden: { status: 403, title: 'This is not permitted' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The media type is not supported' },
  'too-many': { status: 429, title: 'Too many attempts' },
  internal: { status: 500, title: 'The operator failed' },
  'engine-away': { status: 502, title: 'The cache engine does not answer' },
  'metrics-away': { status: 502, title: 'Prometheus does not answer' },
  unavailable: { status: 503, title: 'The service is not available at the moment' },
} as const;

export type ProblemKind = keyof typeof KINDS;

/** The media type of RFC 9457. */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** An error as callers see it. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(kind: ProblemKind, detail: string, headers: Readonly<Record<string, string>> = {}, status?: number) {
    super(detail);
    this.name = 'Problem';
    this.kind = kind;
    this.headers = headers;
    this.status = status ?? KINDS[kind].status;
  }

  /** The body of the response: an RFC 9457 problem. */
  body(): ProblemBody {
    const { title } = KINDS[this.kind];
    return { type: `urn:wedsync:problem:${this.kind}`, title, status: this.status, detail: this.message };
  }
}
