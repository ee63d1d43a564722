// A small web server to be run as a Pod. Its state is changed by requests: POST /not-ready, /hang, /exit.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

const { HOST, PORT, POD, VERSION, CONFIG, TLS, MARKER } = process.env;
let ready = process.env.READY !== 'no';
let hanging = false;
let draining = false;

const answers = {
  '/': (response) => response.end(JSON.stringify({ pod: POD, version: VERSION, pid: process.pid })),
  '/ready': (response) => response.writeHead(ready && !draining ? 200 : 503).end(),
  '/live': (response) => (hanging ? undefined : response.end()),
  '/config': (response) => response.end(readFileSync(CONFIG)),
  '/env': (response) =>
    response.end(JSON.stringify({ env: process.env, argv: process.argv.slice(2), cwd: process.cwd() })),
  '/make-ready': (response) => response.end(String((ready = true))),
  '/not-ready': (response) => response.end(String((ready = false))),
  '/hang': (response) => response.end(String((hanging = true))),
  '/exit': () => process.exit(3),
};

const listener = (request, response) => {
  if (draining) response.setHeader('connection', 'close');
  (answers[request.url] ?? (() => response.writeHead(404).end()))(response);
};
const file = (name) => readFileSync(`${TLS}/${name}`);
const server = TLS
  ? createTlsServer({ cert: file('tls.crt'), key: file('tls.key'), minVersion: 'TLSv1.3' }, listener)
  : createServer(listener);
server.keepAliveTimeout = 60_000;
server.listen(Number(PORT), HOST, () => console.log(`${POD} ${VERSION} listens on ${HOST}:${PORT} ${MARKER ?? ''}`));
process.on('SIGTERM', () => {
  draining = true;
  server.close(() => process.exit(0));
  setTimeout(() => server.closeAllConnections(), 500);
});
