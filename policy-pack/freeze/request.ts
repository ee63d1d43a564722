import { FreezeError } from './freeze-error.ts';

/** How long an emergency token holds after its request, at most; in milliseconds. */
export const LONGEST_VALIDITY = 60 * 60_000;

/** A change to a frozen stack that somebody asks for: what its approvers sign. */
export interface ChangeRequest {
  /** A UUID, so that no two requests are the same and each can be used once. */
  readonly id: string;
  /** The name under which the requester's key stands in the repository. */
  readonly requester: string;
  readonly reason: string;
  readonly stack: string;
  /** The whole hash of the commit that is to be deployed. */
  readonly commit: string;
  /** ISO 8601 in UTC, both. */
  readonly requestedAt: string;
  readonly expiresAt: string;
}

const FORMS: Readonly<Record<keyof ChangeRequest, RegExp>> = {
  id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  requester: /\S/,
  reason: /\S/,
  stack: /^[\w.-]+$/,
  commit: /^([0-9a-f]{40}|[0-9a-f]{64})$/,
  requestedAt: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  expiresAt: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
};

/**
 * Reads a request that came as JSON.
 *
 * @throws FreezeError with a sentence on what is wrong with it.
 */
export function parseRequest(value: unknown): ChangeRequest {
  const members = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  for (const [name, form] of Object.entries(FORMS)) {
    const member = members[name];
    if (typeof member === 'string' && form.test(member)) continue;
    throw new FreezeError(`Its ${name} is ${member === undefined ? 'missing' : JSON.stringify(member)}.`);
  }
  const request = members as unknown as ChangeRequest;
  const validity = Date.parse(request.expiresAt) - Date.parse(request.requestedAt);
  if (validity > 0 && validity <= LONGEST_VALIDITY) return request;
  throw new FreezeError(
    `It holds from ${request.requestedAt} to ${request.expiresAt}; the longest time allowed is ${LONGEST_VALIDITY / 60_000} minutes.`,
  );
}
