/**
 * An OpenAI-compatible provider that answers each question in its one way, after a while:
 *
 *   node bench/lib/provider/server.ts PORT MILLISECONDS
 */
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { answerTo } from './answer.ts';

interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly stream?: boolean;
}

const [port, wait] = process.argv.slice(2).map(Number);
/** Characters in each part of a stream. */
const PART = 80;
let count = 0;

function respond({ model, messages, stream }: ChatRequest, response: ServerResponse): void {
  const answer = answerTo(messages.at(-1)?.content ?? '');
  const head = { id: `chatcmpl-${++count}`, created: Math.floor(Date.now() / 1000), model };
  const usage = { prompt_tokens: 60, completion_tokens: 200, total_tokens: 260 };
  if (stream !== true) {
    const message = { role: 'assistant', content: answer, refusal: null };
    const choices = [{ index: 0, message, logprobs: null, finish_reason: 'stop' }];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...head, object: 'chat.completion', choices, usage }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (choices: unknown, more: object = {}) =>
    response.write(`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices, ...more })}\n\n`);
  send([{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]);
  for (let at = 0; at < answer.length; at += PART)
    send([{ index: 0, delta: { content: answer.slice(at, at + PART) }, finish_reason: null }]);
  send([{ index: 0, delta: {}, finish_reason: 'stop' }]);
  send([], { usage });
  response.end('data: [DONE]\n\n');
}

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200).end();
    return;
  }
  text(request).then(
    (body) => setTimeout(() => respond(JSON.parse(body) as ChatRequest, response), wait),
    () => response.destroy(),
  );
});
server.listen(port, '127.0.0.1');
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
