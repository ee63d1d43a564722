import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { PATHS } from '../contract.ts';
import { ProblemSchema } from './schemas.ts';

/** Where the build puts the page's scripts and styles; run from the sources, the package has them itself. */
const ASSETS = fileURLToPath(new URL('./swagger-ui', import.meta.url));

const PROBLEM = {
  description: 'A problem as in RFC 9457, which is also an error as OpenAI’s clients know it',
  content: { 'application/problem+json': { schema: ProblemSchema } },
};

/** Serves the OpenAPI document of all routes that are added after it, and a page to read it. */
export async function documentation(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    // Every route can end with a problem; said here once rather than at each of them.
    transform: ({ schema, url }) => {
      const response = { ...(schema.response as object | undefined), default: PROBLEM };
      return { schema: schema.hide ? schema : { ...schema, response }, url };
    },
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'WedSync answer cache',
        version: '1',
        description: 'Answers wedding-planning questions, from the cache where it can. Errors are RFC 9457 problems.',
      },
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
