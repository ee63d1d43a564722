import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { allows, CONSOLE_HEADER, type Role } from '../wire.ts';
import type { Sessions, SignedIn } from '../sign-in/sessions.ts';
import { sessionIn } from './cookies.ts';
import { Problem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; set on routes that want a session. */
    signedIn: SignedIn | null;
  }
}

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** Lets in whoever is signed in with this role or one that may do more. */
export function asRole(sessions: Sessions, needed: Role): onRequestAsyncHookHandler {
  return async (request) => {
    const signedIn = await signedInBy(sessions, request.headers.cookie);
    if (signedIn === undefined) throw new Problem('signed-out', 'Sign in first: there is no session, or it is over.');
    if (!allows(signedIn.account.role, needed)) {
      const { name, role } = signedIn.account;
      throw new Problem('forbidden', `${name} is signed in as ${role}; this takes the role ${needed}.`);
    }
    request.signedIn = signedIn;
  };
}

/** Who is signed in by a request's cookies now; `undefined` for nobody. */
export async function signedInBy(sessions: Sessions, cookies: string | undefined): Promise<SignedIn | undefined> {
  const token = sessionIn(cookies);
  return token === undefined ? undefined : sessions.read(token);
}

/** Who is signed in on a route that wants a session. */
export function signedInOf(request: FastifyRequest): SignedIn {
  if (request.signedIn === null) throw new Error(`The route ${request.url} wants no session.`);
  return request.signedIn;
}

/**
 * Refuses what another site could make a browser send: a request that changes something must come from this origin, as the browser says, and carry a
 * header that no form can.
 */
export const sameOriginOnly: onRequestAsyncHookHandler = async ({ method, headers }) => {
  if (SAFE_METHODS.includes(method)) return;
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  const fromElsewhere =
    (origin !== undefined && URL.parse(origin)?.host !== host) || (site ?? 'same-origin') !== 'same-origin';
  if (fromElsewhere || headers[CONSOLE_HEADER] === undefined)
    throw new Problem('forbidden', 'The request does not come from the console’s own pages.');
};
