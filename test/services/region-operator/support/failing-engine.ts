import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an engine says that fails, whatever it is asked: a problem, or with no body a page of whoever stands before it. */
export interface Failure {
  readonly status: number;
  readonly body?: object;
}

/** An engine that fails, on loopback. */
export async function failingEngine({ status, body }: Failure) {
  const server = createServer((request, response) => {
    request.resume();
    if (body === undefined) response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>It failed</h1>');
    else response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
