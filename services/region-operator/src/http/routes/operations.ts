import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { PATHS } from '../../contract.ts';
import type { Services } from '../services.ts';

/** Liveness, readiness and metrics, for whoever runs the operator. */
export const operations: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { readiness, counts } = services;

  app.get(PATHS.liveness, async () => ({ status: 'ok' }));
  app.get(PATHS.readiness, async (_request, reply) =>
    reply.code(readiness.state === 'ready' ? 200 : 503).send({ status: readiness.state }),
  );
  app.get(PATHS.metrics, async (_request, reply) =>
    reply.type(counts.registry.contentType).send(await counts.registry.metrics()),
  );
};
