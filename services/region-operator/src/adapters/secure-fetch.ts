import { Agent, request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';

/** Milliseconds to wait for an answer: removals of many answers take the longest. */
const PATIENCE = 30_000;

/** `fetch` that trusts the authorities `ca` (PEM) and no others, over connections that are kept. */
export function secureFetch(ca: string | readonly string[]): typeof fetch {
  const agent = new Agent({ ca: [ca].flat(), keepAlive: true, minVersion: 'TLSv1.3' });
  return async (input, init) => {
    const asked = new Request(input, init);
    const body = asked.body === null ? undefined : await asked.text();
    return new Promise<Response>((resolve, reject) => {
      const options = {
        agent,
        method: asked.method,
        headers: Object.fromEntries(asked.headers),
        timeout: PATIENCE,
        signal: asked.signal,
      };
      const sent = httpsRequest(asked.url, options, (answer) => {
        const status = answer.statusCode ?? 502;
        const headers = { 'content-type': answer.headers['content-type'] ?? '' };
        text(answer).then(
          (content) => resolve(new Response(status === 204 ? null : content, { status, headers })),
          reject,
        );
      });
      sent.on('timeout', () => sent.destroy(new Error(`no answer within ${PATIENCE / 1000} s`)));
      sent.on('error', reject);
      sent.end(body);
    });
  };
}
