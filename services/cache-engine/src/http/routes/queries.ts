import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { answerKey } from '../../engine/answer-key.ts';
import type { Answered } from '../../engine/answering.ts';
import { textOf } from '../../engine/completion.ts';
import { questionOfQuery } from '../../engine/vendor-query.ts';
import { vendorAuthentication, vendorOf } from '../authentication.ts';
import { contextOf } from '../context.ts';
import { originHeaders } from '../delivery.ts';
import { whenGone } from '../disconnection.ts';
import { fieldProblem } from '../problem.ts';
import { QueryAnswer, QueryRequest } from '../schemas.ts';
import type { Services } from '../services.ts';

/** `POST /v1/queries`: one question on one wedding, answered as plain JSON. */
export const queries: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { answering, origin, clock, directory } = services;

  app.post(
    '/v1/queries',
    {
      onRequest: vendorAuthentication(directory),
      config: { routeName: 'queries' },
      schema: {
        summary: 'Answers a vendor’s question about a wedding',
        tags: ['answers'],
        security: [{ vendorKey: [] }],
        body: QueryRequest,
        response: { 200: QueryAnswer },
      },
    },
    async (request, reply) => {
      const { question: text, model = origin.defaultModel, ...facts } = request.body;
      const vendor = vendorOf(request);
      const context = contextOf(vendor, facts, '#');
      if (model === undefined)
        throw fieldProblem('#/model', 'must be the name of a model: the provider of this region has no default one');
      const question = questionOfQuery(text, model, context);
      const key = answerKey(question, vendor.partition);
      const hot = answering.recall(key);
      const answered: Answered =
        hot === undefined
          ? await answering.ask(key, question, { signal: whenGone(reply) })
          : { entry: hot, source: 'hot' };
      const now = clock.now();
      const { entry, source } = answered;
      reply.answerSource = source;
      reply.headers(originHeaders(source, entry, now));
      return {
        answer: textOf(entry.completion),
        model: entry.completion.model,
        source,
        ageSeconds: entry.ageSeconds(now),
        timeToLiveSeconds: entry.secondsLeft(now),
        answeredAt: new Date(entry.bornAt).toISOString(),
      };
    },
  );
};
