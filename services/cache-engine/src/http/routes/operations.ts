import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { PATHS } from '../../contract.ts';
import type { Services } from '../services.ts';

/** Liveness, readiness and metrics, for whoever runs the engine. */
export const operations: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { readiness, metrics } = services;
  const config = { routeName: 'operations' } as const;
  const tags = ['operations'];

  app.get(PATHS.liveness, { config, schema: { tags, summary: '200 while the process serves' } }, async () => ({
    status: 'ok',
  }));

  app.get(
    PATHS.readiness,
    { config, schema: { tags, summary: '200 while the engine takes new requests, else 503' } },
    async (_request, reply) => reply.code(readiness.state === 'ready' ? 200 : 503).send({ status: readiness.state }),
  );

  app.get(
    PATHS.metrics,
    { config, schema: { tags, summary: 'Metrics in Prometheus’ text format' } },
    async (_request, reply) => reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
};
