import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HEADERS } from '../../contract.ts';
import { answerKey } from '../../engine/answer-key.ts';
import { understand } from '../../engine/chat-request.ts';
import { isJsonObject, type JsonObject } from '../../engine/json.ts';
import type { Question, QuestionContext } from '../../engine/question.ts';
import { vendorAuthentication, vendorOf } from '../authentication.ts';
import { contextOf, type StatedFacts } from '../context.ts';
import { sendCompletion, StreamDelivery } from '../delivery.ts';
import { whenGone } from '../disconnection.ts';
import { ChatCompletionRequest } from '../schemas.ts';
import type { Services } from '../services.ts';

const FACTS: ReadonlySet<string> = new Set(['vendorId', 'vendorType', 'weddingId', 'weddingDate', 'location']);
const NOTHING: StatedFacts = {};

/** `POST /v1/chat/completions`: OpenAI's chat completions, from the cache where it can be. */
export const chatCompletions: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { answering, origin, clock, directory } = services;

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
      const vendor = vendorOf(request);
      const body = request.body as JsonObject;
      const context = contextOf(vendor, request.body.metadata ?? NOTHING, '#/metadata');
      const understanding = understand(body, context);
      if ('bypass' in understanding) return forward(body, context, request, reply);
      const { question } = understanding;
      const key = answerKey(question, vendor.partition);
      if (request.body.stream === true) return stream(key, question, includesUsage(body), request, reply);
      const hot = answering.recall(key);
      const now = clock.now();
      if (hot !== undefined) return sendCompletion(reply, { entry: hot, source: 'hot' }, now);
      const answered = await answering.ask(key, question, { signal: whenGone(reply) });
      return sendCompletion(reply, answered, clock.now());
    },
  );

  async function stream(
    key: string,
    question: Question,
    includeUsage: boolean,
    _request: FastifyRequest,
    reply: FastifyReply,
  ) {
    const delivery = new StreamDelivery(reply, includeUsage);
    const hot = answering.recall(key);
    if (hot !== undefined) {
      delivery.finish({ entry: hot, source: 'hot' }, clock.now());
      return reply;
    }
    try {
      const onPart = delivery.part.bind(delivery);
      delivery.finish(await answering.ask(key, question, { signal: whenGone(reply), onPart }), clock.now());
    } catch (error) {
      if (!delivery.fail(error)) throw error;
    }
    return reply;
  }

  async function forward(body: JsonObject, context: QuestionContext, _request: FastifyRequest, reply: FastifyReply) {
    reply.answerSource = 'bypass';
    const { status, contentType, body: answer } = await origin.forward(withoutFacts(body), context, whenGone(reply));
    return reply.code(status).header(HEADERS.source, 'bypass').type(contentType).send(Readable.from(answer));
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
