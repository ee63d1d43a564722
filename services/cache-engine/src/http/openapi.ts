import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { PATHS } from '../contract.ts';
import type { JsonObject } from '../engine/json.ts';
import { withNamedSchemas } from './named-schemas.ts';
import { ChatCompletion, ProblemSchema } from './schemas.ts';

/** Where the build puts the page's scripts and styles; run from the sources, the package has them itself. */
const ASSETS = fileURLToPath(new URL('./swagger-ui', import.meta.url));

const PROBLEM = {
  description: 'A problem as in RFC 9457, which is also an error as OpenAI’s clients know it',
  content: { 'application/problem+json': { schema: ProblemSchema } },
};

/** What is said here of routes that send their answers, or read their requests, past the framework. */
const DESCRIBED: Readonly<Record<string, FastifySchema>> = {
  '/v1/chat/completions': {
    operationId: 'createChatCompletion',
    response: {
      200: {
        description: 'the answer, whole or as a stream of events',
        content: {
          'application/json': { schema: ChatCompletion },
          'text/event-stream': { schema: { type: 'string' } },
        },
      },
    },
  },
  '/v1/queries': { operationId: 'answerQuery' },
  '/v1/admin/import': {
    body: { type: 'string', format: 'binary', description: 'an export, or some of its lines' },
  },
};

/** Serves the OpenAPI document of all routes that are added after it, and a page to read it. */
export async function documentation(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    // Every route can end with a problem; said here once rather than at each of them.
    transform: ({ schema, url }) => {
      const described = { ...schema, ...DESCRIBED[url] };
      const response = { ...(described.response as object | undefined), default: PROBLEM };
      return { schema: schema.hide ? schema : { ...described, response }, url };
    },
    transformObject: (document) =>
      'openapiObject' in document ? withNamedSchemas(document.openapiObject as unknown as JsonObject) : {},
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'WedSync answer cache',
        version: '1',
        description: 'Answers wedding-planning questions, from the cache where it can. Errors are RFC 9457 problems.',
      },
      tags: [
        { name: 'answers', description: 'Questions and their answers' },
        { name: 'cache', description: 'What the cache holds for a vendor' },
        { name: 'administration', description: 'For whoever holds the administration token' },
        { name: 'operations', description: 'For whoever runs the engine' },
      ],
      components: {
        securitySchemes: {
          vendorKey: { type: 'http', scheme: 'bearer', description: 'A vendor’s API key, `wsk_…`' },
          adminToken: { type: 'http', scheme: 'bearer', description: 'The administration token' },
        },
      },
    },
  });
  await app.register(swaggerUi, {
    routePrefix: PATHS.docs,
    logo: { type: 'image/svg+xml', content: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
    ...(existsSync(ASSETS) ? { baseDir: ASSETS } : {}),
  });
}
