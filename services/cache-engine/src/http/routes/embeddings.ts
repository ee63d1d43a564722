import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { HEADERS } from '../../contract.ts';
import type { JsonObject } from '../../engine/json.ts';
import { vendorAuthentication } from '../authentication.ts';
import { whenGone } from '../disconnection.ts';
import { Embeddings, EmbeddingsRequest } from '../schemas.ts';
import type { Services } from '../services.ts';

/** `POST /v1/embeddings`: OpenAI's embeddings, passed on to the origin as they come. */
export const embeddings: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { origin, directory } = services;

  app.post(
    '/v1/embeddings',
    {
      onRequest: vendorAuthentication(directory),
      config: { routeName: 'embeddings' },
      schema: {
        operationId: 'createEmbeddings',
        summary: 'Turns texts into vectors, compatible with OpenAI’s API; never cached',
        tags: ['answers'],
        security: [{ vendorKey: [] }],
        body: EmbeddingsRequest,
        response: { 200: Embeddings },
      },
    },
    async (request, reply: FastifyReply) => {
      reply.bypassed = true;
      const body = request.body as JsonObject;
      const { status, contentType, body: answered } = await origin.forwardEmbeddings(body, whenGone(reply));
      return reply.code(status).header(HEADERS.source, 'bypass').type(contentType).send(Readable.from(answered));
    },
  );
};
