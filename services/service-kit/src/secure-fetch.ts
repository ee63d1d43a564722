import { readFileSync } from 'node:fs';
import { Agent, request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { rootCertificates } from 'node:tls';

/** Milliseconds to wait for an answer: removals of many answers take the longest. */
const PATIENCE = 30_000;

/**
 * `fetch` under TLS 1.3 that trusts these authorities (PEM) and no others, over connections that are kept.
 *
 * @param authorities asked before every request, so that a renewed authority needs no restart
 */
export function secureFetch(authorities: () => readonly string[]): typeof fetch {
  let agent: Agent | undefined;
  let trusted = '';
  const agentOf = () => {
    const ca = authorities();
    const now = ca.join('\n');
    if (agent === undefined || now !== trusted) {
      // What is under way on the old one's connections ends there.
      agent = new Agent({ ca: [...ca], keepAlive: true, minVersion: 'TLSv1.3' });
      trusted = now;
    }
    return agent;
  };
  return async (input, init) => {
    const asked = new Request(input, init);
    const body = asked.body === null ? undefined : await asked.text();
    return new Promise<Response>((resolve, reject) => {
      const options = {
        agent: agentOf(),
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

/** The authority in a file (PEM), as it stands there now, and with it the public ones. @throws a file system's error */
export function authoritiesWith(file: string): () => readonly string[] {
  const authorities = () => [readFileSync(file, 'utf8'), ...rootCertificates];
  authorities();
  return authorities;
}
