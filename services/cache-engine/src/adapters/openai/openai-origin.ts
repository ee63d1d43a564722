import type { Completion } from '../../engine/completion.ts';
import { isJsonObject, type JsonObject } from '../../engine/json.ts';
import type { Message, Question, QuestionContext } from '../../engine/question.ts';
import {
  OriginError,
  type AnswerPart,
  type CallOptions,
  type ForwardedAnswer,
  type Model,
  type Origin,
} from '../../ports/origin.ts';
import { assemble } from './assembly.ts';
import { bytesOf, jsonOf, mediaType } from './body.ts';
import { completionIn, OpenAiClient, type ProviderAccess } from './client.ts';

const EVENT_STREAM = 'text/event-stream';

/** Where an OpenAI-compatible provider is, and how to be let in. */
export interface OpenAiAccess extends ProviderAccess {
  /** The model for queries that name none. */
  readonly defaultModel: string | undefined;
}

/** Any provider that speaks OpenAI's API. Nothing is tried twice here: who calls knows what that may cost. */
export class OpenAiOrigin implements Origin {
  readonly defaultModel: string | undefined;
  readonly #client: OpenAiClient;

  constructor({ defaultModel, ...access }: OpenAiAccess) {
    this.#client = new OpenAiClient(access);
    this.defaultModel = defaultModel;
  }

  async ask(
    question: Question,
    signal: AbortSignal,
    onPart?: (part: AnswerPart) => void,
    { traceparent }: CallOptions = {},
  ): Promise<Completion> {
    const { model, messages, parameters } = question;
    const request = { ...parameters, model, messages: messages.map(messageOf) };
    if (onPart === undefined) return this.#client.complete(request, signal, traceparent);
    const streaming = { ...request, stream: true, stream_options: { include_usage: true } };
    const read = (response: Response) =>
      mediaType(response) === EVENT_STREAM ? assemble(bytesOf(response), onPart) : completionIn(response);
    return this.#client.call('/chat/completions', streaming, signal, read, traceparent);
  }

  async forward(
    request: JsonObject,
    _context: QuestionContext,
    signal: AbortSignal,
    options?: CallOptions,
  ): Promise<ForwardedAnswer> {
    return this.#forward('/chat/completions', request, signal, ['application/json', EVENT_STREAM], options);
  }

  async forwardEmbeddings(request: JsonObject, signal: AbortSignal, options?: CallOptions): Promise<ForwardedAnswer> {
    return this.#forward('/embeddings', request, signal, ['application/json'], options);
  }

  async models(signal: AbortSignal): Promise<readonly Model[]> {
    return this.#client.call('/models', undefined, signal, async (response) => {
      const list = await jsonOf(response);
      if (!isJsonObject(list) || !Array.isArray(list['data']) || !list['data'].every(isModel)) {
        throw new OriginError('no-answer', 'The origin sent no list of models.');
      }
      return list['data'];
    });
  }

  /** Passes on what is of one of the media types; an error page of something before the provider is no answer. */
  #forward(
    path: string,
    request: JsonObject,
    signal: AbortSignal,
    types: readonly string[],
    { traceparent }: CallOptions = {},
  ): Promise<ForwardedAnswer> {
    const read = (response: Response) => {
      const contentType = response.headers.get('content-type') ?? 'application/json';
      const type = mediaType(response);
      if (type !== '' && !types.includes(type)) {
        throw new OriginError('no-answer', `The origin sent ${type} instead of ${types.join(' or ')}.`);
      }
      if (response.body === null) throw new OriginError('no-answer', 'The origin sent an empty answer.');
      return { status: response.status, contentType, body: response.body };
    };
    return this.#client.call(path, request, signal, read, traceparent);
  }
}

function messageOf({ role, name, text }: Message): JsonObject {
  const content = typeof text === 'string' ? text : text.map((part) => ({ type: 'text', text: part }));
  return { role, content, ...(name === undefined ? {} : { name }) };
}

function isModel(value: unknown): value is Model {
  return isJsonObject(value) && typeof value['id'] === 'string';
}
