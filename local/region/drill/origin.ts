import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An OpenAI-compatible provider that says the same to everybody, and can be taken away and brought back at the same port. */
export class DrillOrigin {
  #server: Server | undefined;
  #port = 0;

  /** Up to and with `/v1`. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}/v1`;
  }

  async start(): Promise<void> {
    const server = createServer((_request, response) => {
      const message = { role: 'assistant', content: 'Ask the venue first, and write down what it says.' };
      const choices = [{ index: 0, message, finish_reason: 'stop' }];
      const usage = { prompt_tokens: 20, completion_tokens: 12, total_tokens: 32 };
      const created = Math.floor(Date.now() / 1000);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ id: 'drill', object: 'chat.completion', created, model: 'drill', choices, usage }));
    });
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }
}
