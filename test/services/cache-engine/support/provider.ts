import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as the provider got it. */
export interface ProviderRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly traceparent: string | undefined;
  readonly body: Record<string, unknown>;
}

type Answer = (request: ProviderRequest, response: ServerResponse) => void | Promise<void>;

/** An AI provider that answers as the test says, and remembers what it was asked. */
export class TestProvider {
  readonly requests: ProviderRequest[] = [];
  answer: Answer;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  constructor(answer: Answer) {
    this.answer = answer;
  }

  /** Listens; its base URL. */
  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const received = {
      path: request.url ?? '',
      authorization: request.headers.authorization,
      traceparent: [request.headers['traceparent']].flat()[0],
      body: (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>,
    };
    this.requests.push(received);
    await this.answer(received, response);
  }
}

/** Answers with JSON. */
export function json(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Answers with a page for people, as gateways do. */
export function html(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end('<html><body>Sorry</body></html>');
}

/** Begins an answer of `type` and breaks the connection after `text`. */
export function cut(response: ServerResponse, type: string, text: string): void {
  response.writeHead(200, { 'content-type': type });
  response.write(text, () => setTimeout(() => response.destroy(), 20));
}

/** Begins an event stream; the function sends one chunk. */
export function eventStream(response: ServerResponse): (choices: unknown[], more?: object) => void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  return (choices, more = {}) => {
    const chunk = {
      id: 'chatcmpl-9',
      object: 'chat.completion.chunk',
      created: 7,
      model: 'a-model-2026',
      choices,
      ...more,
    };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  };
}

/** One piece of text as a chunk's choices. */
export function delta(content: string): unknown[] {
  return [{ index: 0, delta: { content }, finish_reason: null }];
}
