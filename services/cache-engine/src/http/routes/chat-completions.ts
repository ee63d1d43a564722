import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { HEADERS } from '../../contract.ts';
import { understand, type Understanding } from '../../engine/chat-request.ts';
import { isJsonObject, type JsonObject } from '../../engine/json.ts';
import type { QuestionContext } from '../../engine/question.ts';
import type { Vendor } from '../../engine/vendor-directory.ts';
import { answer } from '../asking.ts';
import { vendorAuthentication, vendorOf } from '../authentication.ts';
import { contextOf, type StatedFacts } from '../context.ts';
import { whenGone } from '../disconnection.ts';
import { fieldProblem } from '../problem.ts';
import { respondCompletion, respondStream, respondStreamWithUsage } from '../responding.ts';
import { ChatCompletionRequest, TAGS_ALLOWED, tagsIn } from '../schemas.ts';
import type { Services } from '../services.ts';

const FACTS: ReadonlySet<string> = new Set([
  ...['vendorId', 'vendorType', 'weddingId', 'coupleId', 'weddingDate', 'finalNumbersDue', 'balanceDue', 'location'],
  'tags',
]);
const NOTHING: StatedFacts = {};

/** What a chat completion request comes to, with the tags of its metadata. @throws Problem when a fact is wrong. */
export function readChat(
  vendor: Vendor,
  body: JsonObject,
): Understanding & { context: QuestionContext; tags: readonly string[] } {
  const metadata = body['metadata'];
  const context = contextOf(vendor, isJsonObject(metadata) ? metadata : NOTHING, '#/metadata');
  const stated = isJsonObject(metadata) ? metadata['tags'] : undefined;
  const tags = typeof stated === 'string' ? tagsIn(stated) : [];
  if (tags === undefined) throw fieldProblem('#/metadata/tags', TAGS_ALLOWED);
  return { ...understand(body, context), context, tags };
}

/** `POST /v1/chat/completions`: OpenAI's chat completions, from the cache where it can be. */
export const chatCompletions: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { origin, directory, urgency } = services;

  app.post(
    '/v1/chat/completions',
    {
      onRequest: vendorAuthentication(directory),
      config: { routeName: 'chat' },
      schema: {
        summary: 'Answers a chat completion, compatible with OpenAI’s API',
        description:
          'Facts about the wedding travel in `metadata`. Requests with tools, images, several choices or other members that the cache does not fully understand go to the provider uncached (`x-wedsync-cache: bypass`).',
        tags: ['answers'],
        security: [{ vendorKey: [] }],
        body: ChatCompletionRequest,
      },
    },
    async (request, reply) => {
      const body = request.body as JsonObject;
      const read = readChat(vendorOf(request), body);
      if ('bypass' in read) return forward(body, read.context, reply);
      const { question, tags } = read;
      if (request.body.stream !== true)
        return answer(services, request, reply, question, { route: 'chat', respond: respondCompletion, tags });
      const includeUsage = includesUsage(body);
      const respond = includeUsage ? respondStreamWithUsage : respondStream;
      return answer(services, request, reply, question, { route: 'chat', respond, stream: { includeUsage }, tags });
    },
  );

  async function forward(body: JsonObject, context: QuestionContext, reply: FastifyReply) {
    reply.bypassed = true;
    const {
      status,
      contentType,
      body: answered,
    } = await origin.forward(withoutFacts(body), context, whenGone(reply), {
      priority: urgency(context),
    });
    return reply.code(status).header(HEADERS.source, 'bypass').type(contentType).send(Readable.from(answered));
  }
};

function includesUsage(body: JsonObject): boolean {
  const options = body['stream_options'];
  return isJsonObject(options) && options['include_usage'] === true;
}

/** The request as the caller's provider expects it: without the metadata that was meant for the cache. */
function withoutFacts(body: JsonObject): JsonObject {
  const { metadata, ...rest } = body;
  if (!isJsonObject(metadata)) return rest;
  const own = Object.entries(metadata).filter(([name]) => !FACTS.has(name));
  return own.length === 0 ? rest : { ...rest, metadata: Object.fromEntries(own) };
}
