import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { partitionOf } from '../../engine/answer-key.ts';
import type { JsonObject } from '../../engine/json.ts';
import { placed } from '../asking.ts';
import { adminAuthentication, vendorAuthentication, vendorOf } from '../authentication.ts';
import { describeBypass, describeExplanation } from '../explanations.ts';
import { AdminExplanationRequest, ExplanationRequest, ExplanationSchema } from '../schemas.ts';
import type { Services } from '../services.ts';
import { readChat } from './chat-completions.ts';
import { readQuery, type StatedQuery } from './queries.ts';

/** What is to be explained; the schema has checked that it is one of both. */
interface ExplanationBody {
  readonly query?: StatedQuery;
  readonly chat?: JsonObject;
}

/** `/v1/explanations`: why a request is a hit or a miss, without answering it. */
export const explanations: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { explaining, directory, origin, adminToken } = services;

  app.post(
    '/v1/explanations',
    {
      onRequest: vendorAuthentication(directory),
      config: { routeName: 'cache' },
      schema: {
        operationId: 'explain',
        summary: 'Explains why a request would be a hit or a miss now; asks neither the model nor a judge',
        tags: ['cache'],
        security: [{ vendorKey: [] }],
        body: ExplanationRequest,
        response: { 200: ExplanationSchema },
      },
    },
    async (request) => explain(request, request.body as ExplanationBody),
  );

  app.post(
    '/v1/admin/explanations',
    {
      onRequest: adminAuthentication(adminToken),
      config: { routeName: 'admin' },
      schema: {
        operationId: 'explainAsAdministration',
        summary: 'Explains why a vendor’s query would be a hit or a miss now; asks neither the model nor a judge',
        tags: ['administration'],
        security: [{ adminToken: [] }],
        body: AdminExplanationRequest,
        response: { 200: ExplanationSchema },
      },
    },
    async (request) => {
      const { query } = request.body;
      request.vendor = { id: query.vendorId, type: query.vendorType, partition: partitionOf(query.vendorId) };
      return explain(request, { query });
    },
  );

  async function explain(request: FastifyRequest, body: ExplanationBody) {
    const asked = readBody(request, body);
    if ('bypass' in asked) return describeBypass(asked.bypass);
    const { request: wanted, notShared } = placed(request, asked.question, []);
    return describeExplanation(await explaining.explain(wanted, notShared));
  }

  function readBody(request: FastifyRequest, { query, chat }: ExplanationBody) {
    const vendor = vendorOf(request);
    if (query !== undefined) return { question: readQuery(vendor, query, origin.defaultModel) };
    return readChat(vendor, chat ?? {});
  }
};
