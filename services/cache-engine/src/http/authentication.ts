import { hash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest, onRequestHookHandler } from 'fastify';
import { API_KEY_PREFIX } from '../engine/api-key.ts';
import type { Known, Vendor, VendorDirectory } from '../engine/vendor-directory.ts';
import { Problem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The vendor whose API key the request carries; set on the vendors' routes. */
    vendor: Vendor | null;
    /** What is known of that key, and until when it holds. */
    known: Known | undefined;
  }
}

const SCHEME = 'Bearer ';
/** Longest credential that is looked at, in characters. */
const LONGEST = 200;
const CHALLENGE = { 'www-authenticate': 'Bearer' } as const;

/** Lets in requests with a valid API key, before their body is read. */
export function vendorAuthentication(directory: VendorDirectory): onRequestHookHandler {
  return (request, _reply, done) => {
    const key = credentialOf(request);
    if (!key.startsWith(API_KEY_PREFIX))
      return done(unauthenticated(`Send an API key as "Authorization: Bearer ${API_KEY_PREFIX}…".`));
    const admit = (vendor: Vendor | undefined) => {
      if (vendor === undefined) return done(unauthenticated('The API key is unknown or was revoked.'));
      request.vendor = vendor;
      request.known = directory.known(key);
      done();
    };
    const identified = directory.identify(key);
    if (identified instanceof Promise) identified.then(admit, () => done(keysAway()));
    else admit(identified);
  };
}

/** Lets in requests with the administration token. Digests are compared, so that neither length nor content shows in the time. */
export function adminAuthentication(token: string): onRequestHookHandler {
  const expected = hash('sha256', token, 'buffer');
  return (request, _reply, done) => {
    const given = hash('sha256', credentialOf(request), 'buffer');
    done(
      timingSafeEqual(given, expected)
        ? undefined
        : unauthenticated('Send the administration token as "Authorization: Bearer …".'),
    );
  };
}

/** The vendor of a request that has passed authentication. */
export function vendorOf(request: FastifyRequest): Vendor {
  if (request.vendor === null) throw new Error(`The route ${request.url} does not authenticate its callers.`);
  return request.vendor;
}

function credentialOf(request: FastifyRequest): string {
  const header = request.headers.authorization ?? '';
  return header.startsWith(SCHEME) && header.length <= LONGEST ? header.slice(SCHEME.length) : '';
}

function unauthenticated(detail: string): Problem {
  return new Problem('unauthenticated', detail, { headers: CHALLENGE });
}

/** Nobody can tell now whether a key that was never seen is valid: neither yes nor no would be true. */
function keysAway(): Problem {
  return new Problem('unavailable', 'The store of API keys does not answer; try again.', {
    headers: { 'retry-after': '1' },
  });
}
