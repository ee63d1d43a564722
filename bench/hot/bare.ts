import { hash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import type { Context } from '../lib/bench.ts';
import { Child } from '../lib/child.ts';
import { Connection, type Target } from '../lib/http/connection.ts';
import { bodyOf } from '../lib/http/request.ts';
import type { HttpResponse } from '../lib/http/response-reader.ts';
import type { KnownAnswers } from '../lib/known-answers.ts';
import { certificateFor } from '../lib/redis/certificate.ts';

const SERVER = fileURLToPath(new URL('bare-server.ts', import.meta.url));
const HOST = '127.0.0.1';
const START_WITHIN = 20_000;
/** Headers that node:http adds by itself. */
const OWN_HEADERS: ReadonlySet<string> = new Set(['date', 'connection', 'keep-alive']);

/** What a bare server is to answer. */
export interface BareWishes extends Context {
  readonly name: string;
  readonly known: KnownAnswers;
  /** An existing folder for its files. */
  readonly folder: string;
  readonly tls: boolean;
  readonly stack: AsyncDisposableStack;
}

/** Starts a bare server that gives the very answers that an engine gave, with the same headers. It ends with the stack. */
export async function startBare({ name, known, folder, tls, progress, signal, stack }: BareWishes) {
  const port = await getPort({ host: '127.0.0.1' });
  const own = join(folder, `bare-${port}`);
  mkdirSync(own);
  const answers = join(own, 'answers.jsonl');
  writeFileSync(answers, known.requests.map((request, index) => lineOf(request, known.responses[index])).join(''));
  const certificate = tls ? await certificateFor([HOST]) : undefined;
  if (certificate !== undefined) {
    writeFileSync(join(own, 'tls.crt'), certificate.cert);
    writeFileSync(join(own, 'tls.key'), certificate.key, { mode: 0o600 });
  }
  const target: Target = { host: HOST, port, ca: certificate?.ca };
  const child = await Child.start({
    name,
    command: [process.execPath, SERVER, String(port), answers, ...(tls ? [own] : [])],
    role: 'measured',
    env: { NODE_ENV: 'production' },
    signal,
    ready: async () => {
      (await Connection.open(target)).close();
      return true;
    },
    within: START_WITHIN,
    onEnd: progress,
  });
  stack.use(child);
  return { pid: child.pid, target };
}

function lineOf(request: Buffer, response: HttpResponse | undefined): string {
  const { head, body } = response as HttpResponse;
  const headers = head
    .split('\r\n')
    .slice(1)
    .map((line) => /^([^:]*): *(.*)$/.exec(line)?.slice(1) as [string, string])
    .filter(([name]) => !OWN_HEADERS.has(name.toLowerCase()));
  return `${JSON.stringify([hash('sha256', bodyOf(request)), headers.flat(), body.toString('base64')])}\n`;
}
