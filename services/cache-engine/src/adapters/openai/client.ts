import { isCompletion, type Completion } from '../../engine/completion.ts';
import type { JsonObject } from '../../engine/json.ts';
import { OriginError } from '../../ports/origin.ts';
import { jsonOf } from './body.ts';
import { connectionFailure, refusal } from './failures.ts';

/** Milliseconds that an answer may take from the request to its last byte, unless a route says otherwise. */
export const ANSWER_TIMEOUT = 120_000;

/** Where an OpenAI-compatible provider is, and how to be let in. */
export interface ProviderAccess {
  /** Up to and with `/v1`. */
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  /** Milliseconds from a request to the last byte of its answer. @default ANSWER_TIMEOUT */
  readonly timeout?: number | undefined;
}

/** Calls a provider that speaks OpenAI's API. Every failure is an OriginError; a caller's leaving is its signal's reason. */
export class OpenAiClient {
  readonly #baseUrl: string;
  readonly #headers: Record<string, string>;
  readonly #timeout: number;

  constructor({ baseUrl, apiKey, timeout = ANSWER_TIMEOUT }: ProviderAccess) {
    this.#baseUrl = baseUrl.replace(/\/+$/, '');
    this.#headers = { accept: 'application/json', 'content-type': 'application/json' };
    if (apiKey !== undefined) this.#headers['authorization'] = `Bearer ${apiKey}`;
    this.#timeout = timeout;
  }

  /**
   * What `read` makes of the answer to a GET, or to a POST of `body`. An answer with an error status is not read.
   * @param traceparent what the provider may go on tracing from; empty for a call that is not traced
   */
  async call<Result>(
    path: string,
    body: JsonObject | undefined,
    signal: AbortSignal,
    read: (response: Response) => Result | Promise<Result>,
    traceparent = '',
  ): Promise<Result> {
    const timeout = AbortSignal.timeout(this.#timeout);
    const bounded = AbortSignal.any([signal, timeout]);
    const method = body === undefined ? 'GET' : 'POST';
    const headers = traceparent === '' ? this.#headers : { ...this.#headers, traceparent };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    try {
      const response = await fetch(this.#baseUrl + path, { method, headers, signal: bounded, ...sent });
      if (!response.ok) throw await refusal(response);
      return await read(response);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (timeout.aborted) throw new OriginError('timeout', `The origin gave no answer in ${this.#timeout / 1000} s.`);
      throw error instanceof OriginError ? error : connectionFailure(error);
    }
  }

  /** The whole answer to a chat request. */
  complete(request: JsonObject, signal: AbortSignal, traceparent?: string): Promise<Completion> {
    return this.call('/chat/completions', request, signal, completionIn, traceparent);
  }
}

/** The completion that a response holds. @throws OriginError for anything else */
export async function completionIn(response: Response): Promise<Completion> {
  const completion = await jsonOf(response);
  if (!isCompletion(completion)) throw new OriginError('no-answer', 'The origin sent no chat completion.');
  return completion;
}
