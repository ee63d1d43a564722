import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { Problem, PROBLEM_TYPE } from './problem.ts';
import { BODY_LIMIT, problemOf } from './problem-of.ts';
import { sameOriginOnly } from './guards.ts';
import { cache } from './routes/cache.ts';
import { configuration } from './routes/configuration.ts';
import { live } from './routes/live.ts';
import { operations } from './routes/operations.ts';
import { pages } from './routes/pages.ts';
import { session } from './routes/session.ts';
import { securityHeaders } from './security-headers.ts';
import type { Services } from './services.ts';
import { type Certificate, secureServerOptions } from '@wedsync/service-kit/tls';

/** Milliseconds that a caller may take to send a request whole: slower ones hold connections for nothing. */
const REQUEST_TIMEOUT = 10_000;

const ROUTES = [session, live, cache, configuration, operations, pages] as const;

/** How to serve. */
export interface ServerOptions {
  readonly logger: FastifyBaseLogger;
  /** With it the server speaks TLS 1.3, without it plain HTTP. */
  readonly certificate?: Certificate | undefined;
}

/** The operator's HTTP server with all its routes, not yet listening. */
export async function buildServer(
  services: Services,
  { logger, certificate }: ServerOptions,
): Promise<FastifyInstance> {
  const app = fastify({
    ...(certificate === undefined ? {} : { https: secureServerOptions(certificate) }),
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    return503OnClosing: false,
  });
  app.decorateRequest('signedIn', null);
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.kind === 'internal')
      request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
    return reply.code(problem.status).headers(problem.headers).type(PROBLEM_TYPE).send(JSON.stringify(problem.body()));
  });
  app.setNotFoundHandler(() => {
    throw new Problem('not-found', 'There is no such path.');
  });
  securityHeaders(app, certificate !== undefined);
  app.addHook('onRequest', sameOriginOnly);
  // Streams never end by themselves, and would hold up the closing.
  app.addHook('preClose', async () => services.hub.close());
  for (const routes of ROUTES) await app.register(routes, { services });
  await app.ready();
  return app;
}
