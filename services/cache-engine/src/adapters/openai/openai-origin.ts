import { isCompletion, type Completion } from '../../engine/completion.ts';
import { isJsonObject, type JsonObject } from '../../engine/json.ts';
import type { Message, Question, QuestionContext } from '../../engine/question.ts';
import { OriginError, type AnswerPart, type ForwardedAnswer, type Model, type Origin } from '../../ports/origin.ts';
import { assemble } from './assembly.ts';
import { refusal, unreachable } from './failures.ts';

/** Milliseconds that an answer may take from the request to its last byte. */
const ANSWER_TIMEOUT = 120_000;

/** Where an OpenAI-compatible provider is, and how to be let in. */
export interface OpenAiAccess {
  /** Up to and with `/v1`. */
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  /** The model for queries that name none. */
  readonly defaultModel: string | undefined;
}

/** Any provider that speaks OpenAI's API. */
export class OpenAiOrigin implements Origin {
  readonly defaultModel: string | undefined;
  readonly #baseUrl: string;
  readonly #headers: Record<string, string>;

  constructor({ baseUrl, apiKey, defaultModel }: OpenAiAccess) {
    this.#baseUrl = baseUrl.replace(/\/+$/, '');
    this.#headers = { accept: 'application/json', 'content-type': 'application/json' };
    if (apiKey !== undefined) this.#headers['authorization'] = `Bearer ${apiKey}`;
    this.defaultModel = defaultModel;
  }

  async ask(question: Question, signal: AbortSignal, onPart?: (part: AnswerPart) => void): Promise<Completion> {
    const { model, messages, parameters } = question;
    const request = { ...parameters, model, messages: messages.map(messageOf) };
    const streaming = onPart === undefined ? {} : { stream: true, stream_options: { include_usage: true } };
    return this.#call(signal, async (bounded) => {
      const response = await this.#post('/chat/completions', { ...request, ...streaming }, bounded);
      if (!response.ok) throw await refusal(response);
      if (onPart !== undefined && isEventStream(response)) return assemble(bodyOf(response), onPart);
      const completion: unknown = await response.json().catch(() => undefined);
      if (!isCompletion(completion)) throw new OriginError('no-answer', 'The origin sent no chat completion.');
      return completion;
    });
  }

  async forward(request: JsonObject, _context: QuestionContext, signal: AbortSignal): Promise<ForwardedAnswer> {
    return this.#call(signal, async (bounded) => {
      const response = await this.#post('/chat/completions', request, bounded);
      if (!response.ok) throw await refusal(response);
      const contentType = response.headers.get('content-type') ?? 'application/json';
      return { status: response.status, contentType, body: bodyOf(response) };
    });
  }

  async models(signal: AbortSignal): Promise<readonly Model[]> {
    return this.#call(signal, async (bounded) => {
      const response = await this.#fetch('/models', { headers: this.#headers, signal: bounded });
      if (!response.ok) throw await refusal(response);
      const list: unknown = await response.json().catch(() => undefined);
      if (!isJsonObject(list) || !Array.isArray(list['data'])) {
        throw new OriginError('no-answer', 'The origin sent no list of models.');
      }
      return list['data'] as readonly Model[];
    });
  }

  /** Bounds a call in time and tells the callers' leaving, the timeout and the network's failures apart. */
  async #call<Result>(signal: AbortSignal, call: (bounded: AbortSignal) => Promise<Result>): Promise<Result> {
    const timeout = AbortSignal.timeout(ANSWER_TIMEOUT);
    try {
      return await call(AbortSignal.any([signal, timeout]));
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (timeout.aborted) throw new OriginError('timeout', `The origin gave no answer in ${ANSWER_TIMEOUT / 1000} s.`);
      throw error instanceof OriginError
        ? error
        : new OriginError('unavailable', 'The connection to the origin broke.');
    }
  }

  #post(path: string, body: JsonObject, signal: AbortSignal): Promise<Response> {
    return this.#fetch(path, { method: 'POST', headers: this.#headers, body: JSON.stringify(body), signal });
  }

  /** One retry, and only when the connection failed before any answer: an outage must not be multiplied. */
  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const url = this.#baseUrl + path;
    try {
      return await fetch(url, init).catch((error: unknown) => {
        if (init.signal?.aborted || !unreachable(error)) throw error;
        return fetch(url, init);
      });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new OriginError('unavailable', 'The origin could not be reached.');
    }
  }
}

function messageOf({ role, name, text }: Message): JsonObject {
  const content = typeof text === 'string' ? text : text.map((part) => ({ type: 'text', text: part }));
  return { role, content, ...(name === undefined ? {} : { name }) };
}

function isEventStream(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
}

function bodyOf(response: Response): AsyncIterable<Uint8Array> {
  if (response.body === null) throw new OriginError('no-answer', 'The origin sent an empty answer.');
  return response.body;
}
