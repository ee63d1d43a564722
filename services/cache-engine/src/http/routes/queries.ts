import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Question } from '../../engine/question.ts';
import type { Vendor } from '../../engine/vendor-directory.ts';
import { questionOfQuery } from '../../engine/vendor-query.ts';
import { answer } from '../asking.ts';
import { vendorAuthentication, vendorOf } from '../authentication.ts';
import { contextOf, type StatedFacts } from '../context.ts';
import { fieldProblem } from '../problem.ts';
import { respondQuery } from '../responding.ts';
import { QueryAnswer, QueryRequest } from '../schemas.ts';
import type { Services } from '../services.ts';

/** A query as its body states it. */
export interface StatedQuery extends StatedFacts {
  readonly question: string;
  readonly model?: string;
  readonly tags?: readonly string[];
}

/** The question that a vendor's query comes to. @throws Problem when a fact is wrong, or nobody says which model answers. */
export function readQuery(vendor: Vendor, stated: StatedQuery, defaultModel: string | undefined): Question {
  const { question: text, model = defaultModel, ...facts } = stated;
  const context = contextOf(vendor, facts, '#');
  if (model === undefined)
    throw fieldProblem('#/model', 'must be the name of a model: the provider of this region has no default one');
  return questionOfQuery(text, model, context);
}

/** `POST /v1/queries`: one question on one wedding, answered as plain JSON. */
export const queries: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  app.post(
    '/v1/queries',
    {
      onRequest: vendorAuthentication(services.directory),
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
      const question = readQuery(vendorOf(request), request.body, services.origin.defaultModel);
      const wanted = { route: 'queries', respond: respondQuery, tags: request.body.tags ?? [] } as const;
      return answer(services, request, reply, question, wanted) as never;
    },
  );
};
