import type { FastifyInstance } from 'fastify';

/** Nothing is loaded from elsewhere, nothing is run that is not a file of this server, and no page may frame this one. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** Two years, as browsers' lists of such hosts want it. */
const HTTPS_ONLY = 'max-age=63072000';

/** Tells browsers on every answer what the console's pages may do, and to keep nothing that does not say it may be kept. */
export function securityHeaders(app: FastifyInstance, secure: boolean): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(HEADERS).header('cache-control', 'no-store');
    if (secure) reply.header('strict-transport-security', HTTPS_ONLY);
  });
}
