/**
 * The least that a cache over HTTP can be: reads the body, hashes it, looks the hash up in a Map, and answers what lies there.
 *
 *   node bench/hot/bare-server.ts PORT ANSWERS [TLS_FOLDER]
 *
 * ANSWERS is a file of lines, each a JSON array of the hash of a body, the headers of its answer (names and values in turn) and
 * the answer in base64.
 */
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer as createPlain, type RequestListener } from 'node:http';
import { createServer as createTls } from 'node:https';
import { join } from 'node:path';

const [port, file, tlsFolder] = process.argv.slice(2) as [string, string, string?];
const answers = new Map(
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as [string, string[], string])
    .map(([digest, headers, body]) => [digest, { headers, body: Buffer.from(body, 'base64') }]),
);

const answer: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    const found = answers.get(hash('sha256', body));
    if (found === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, found.headers);
    response.end(found.body);
  });
};

const server =
  tlsFolder === undefined
    ? createPlain(answer)
    : createTls(
        {
          cert: readFileSync(join(tlsFolder, 'tls.crt')),
          key: readFileSync(join(tlsFolder, 'tls.key')),
          minVersion: 'TLSv1.3',
        },
        answer,
      );
server.listen(Number(port), '127.0.0.1');
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
