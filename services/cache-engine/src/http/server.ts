import { type IncomingMessage, type RequestListener, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyServerOptions,
} from 'fastify';
import { documentation } from './openapi.ts';
import type { Answered } from '../engine/answering.ts';
import { jsonBodies } from './body.ts';
import type { FastPath } from './fast-path.ts';
import type { RouteName } from './metrics.ts';
import { Problem, PROBLEM_TYPE } from './problem.ts';
import { BODY_LIMIT, problemOf } from './problem-of.ts';
import { api } from './routes/index.ts';
import type { Trace } from '../ports/tracer.ts';
import type { Services } from './services.ts';
import { secureServerOptions, type Certificate } from '@wedsync/service-kit/tls';
import { unknownRoutes } from './unknown-routes.ts';
import { validatorCompiler } from './validation.ts';

type Compilers = NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>;

declare module 'fastify' {
  interface FastifyRequest {
    /** The trace of the request, where it is traced. */
    trace: (Trace & { end(): void }) | undefined;
  }
  interface FastifyReply {
    /** The answer that was sent, for the books; null for anything that is no answer of the cache. */
    answered: Answered | null;
    /** Whether the answer went past the cache. */
    bypassed: boolean;
  }
  interface FastifyContextConfig {
    /** The route's name in metrics. */
    routeName?: RouteName;
  }
}

/** The framework's type speaks of its own validator's schemas; any compiler of validators will do. */
const buildValidator = (() => validatorCompiler) as unknown as NonNullable<Compilers['buildValidator']>;

/** Milliseconds that a caller may take to send a request whole: slower ones hold connections for nothing. */
const REQUEST_TIMEOUT = 30_000;

/** How to serve. */
export interface ServerOptions {
  readonly logger: FastifyBaseLogger;
  /** With it the server speaks TLS 1.3, without it plain HTTP. */
  readonly certificate?: Certificate | undefined;
}

/** The engine's HTTP server with all its routes, not yet listening. */
export async function buildServer(
  services: Services,
  { logger, certificate }: ServerOptions,
): Promise<FastifyInstance> {
  const app = fastify({
    ...(certificate === undefined ? {} : { https: secureServerOptions(certificate) }),
    loggerInstance: logger,
    // A line for each of thousands of requests a second is paid for by all and read by nobody: metrics count them.
    logController: new LogController({ disableRequestLogging: true }),
    // Given here rather than set later, these keep two compilers and a JSON Schema validator out of memory.
    schemaController: { compilersFactory: { buildValidator, buildSerializer: () => () => JSON.stringify } },
    bodyLimit: BODY_LIMIT,
    // Ids have up to 128 characters, each of which may be written as several bytes in a path.
    routerOptions: { maxParamLength: 1024 },
    requestTimeout: REQUEST_TIMEOUT,
    // A draining engine finishes what still comes in over open connections.
    return503OnClosing: false,
    frameworkErrors: (error, _request, reply) => {
      void sendProblem(reply, problemOf(error));
    },
    clientErrorHandler: rejectUnreadable,
  });
  app.decorateRequest('vendor', null);
  app.decorateRequest('known', undefined);
  app.decorateRequest('trace', undefined);
  app.decorateReply('answered', null);
  app.decorateReply('bypassed', false);
  jsonBodies(app);
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.kind === 'internal')
      request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
    return sendProblem(reply, problem);
  });
  measure(app, services);
  app.addHook('preClose', () => services.fastPath.settled());
  await documentation(app);
  unknownRoutes(app);
  await app.register(api, { services });
  await app.ready();
  putInFront(app, services.fastPath);
  return app;
}

/** Lets the fast path see each request before the framework does. */
function putInFront({ server }: FastifyInstance, fastPath: FastPath): void {
  const handlers = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    fastPath.handle(request, response, () => handlers.forEach((handler) => handler.call(server, request, response)));
  });
  fastPath.stand(server);
}

function sendProblem(reply: FastifyReply, problem: Problem) {
  return reply.code(problem.status).headers(problem.headers).type(PROBLEM_TYPE).send(JSON.stringify(problem.body()));
}

function measure(app: FastifyInstance, { metrics, readiness, served, tracer }: Services): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { routeName } = request.routeOptions.config;
    if (tracer !== undefined && routeName !== undefined && routeName !== 'operations') {
      const parent = request.headers['traceparent'];
      request.trace = tracer.begin(routeName, typeof parent === 'string' ? parent : undefined);
    }
    if (readiness.state === 'draining') reply.raw.setHeader('connection', 'close');
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.config.routeName ?? 'unknown';
    const { statusCode } = reply.raw;
    const { answered } = reply;
    const seconds = reply.elapsedTime / 1000;
    if (statusCode >= 400) metrics.failed(route, statusCode);
    else if (reply.bypassed) metrics.bypassed(route, seconds);
    else if (answered !== null && request.vendor !== null)
      served(answered, route, request.vendor.partition, seconds, request.trace?.id);
    request.trace?.note({
      'http.response.status_code': statusCode,
      ...(answered && { 'cache.source': answered.source }),
    });
    request.trace?.end();
    done();
  });
}

/** Answers what is not even HTTP, or has headers without end, with a problem as well. */
function rejectUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? new Problem('headers-too-large', 'The headers of a request may have at most 16 KiB.')
      : new Problem('invalid-request', 'The request is not valid HTTP.');
  const body = JSON.stringify(problem.body());
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\nconnection: close\r\n` +
      `content-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
