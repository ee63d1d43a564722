import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { vendorAuthentication } from '../authentication.ts';
import { whenGone } from '../disconnection.ts';
import { Models } from '../schemas.ts';
import type { Services } from '../services.ts';

/** `GET /v1/models`: the models that the origin offers, as OpenAI lists them. */
export const models: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { origin, directory } = services;

  app.get(
    '/v1/models',
    {
      onRequest: vendorAuthentication(directory),
      config: { routeName: 'models' },
      schema: {
        operationId: 'listModels',
        summary: 'Lists the models that may be asked for',
        tags: ['answers'],
        security: [{ vendorKey: [] }],
        response: { 200: Models },
      },
    },
    async (_request, reply) => ({ object: 'list' as const, data: [...(await origin.models(whenGone(reply)))] }),
  );
};
