import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { PATHS } from '../../contract.ts';
import { LivenessSchema, METRICS_RESPONSE, ReadinessSchema } from '../schemas.ts';
import type { Services } from '../services.ts';

/** Whoever asks for this form gets it, with the traces of single answers as exemplars. */
const OPEN_METRICS = 'application/openmetrics-text';

/** Liveness, readiness and metrics, for whoever runs the engine. */
export const operations: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { readiness, metrics } = services;
  const config = { routeName: 'operations' } as const;
  const tags = ['operations'];

  app.get(
    PATHS.liveness,
    {
      config,
      schema: {
        ...{ tags, operationId: 'readLiveness', summary: '200 while the process serves' },
        response: { 200: LivenessSchema },
      },
    },
    async () => ({ status: 'ok' as const }),
  );

  app.get(
    PATHS.readiness,
    {
      config,
      schema: {
        ...{ tags, operationId: 'readReadiness', summary: '200 while the engine takes new requests, else 503' },
        response: { 200: ReadinessSchema, 503: ReadinessSchema },
      },
    },
    async (_request, reply) => reply.code(readiness.state === 'ready' ? 200 : 503).send({ status: readiness.state }),
  );

  app.get(
    PATHS.metrics,
    {
      config,
      schema: {
        ...{ tags, operationId: 'readMetrics', summary: 'Metrics in Prometheus’ text format' },
        response: { 200: METRICS_RESPONSE },
      },
    },
    async (request, reply: FastifyReply) => {
      const form = request.headers.accept?.includes(OPEN_METRICS) ? 'openmetrics' : 'prometheus';
      const { contentType, text } = await metrics.print(form);
      return reply.type(contentType).send(text);
    },
  );
};
