import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, createServer, request, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { json, text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import { ENVIRONMENT, hashOfToken } from '../../../services/region-operator/src/contract.ts';
import { API, CONSOLE_HEADER, type Snapshot } from '../../../services/region-operator/src/wire.ts';
import { mountSecret } from '../../support/mounted-secret.ts';
import { testCertificate, type TestCertificate } from '../../support/redis/certificates.ts';

const MAIN = fileURLToPath(new URL('../../../services/region-operator/src/main.ts', import.meta.url));

/** What a request has besides its method and path. */
interface Call {
  readonly body?: object;
  readonly cookie?: string;
  /** With connections and an authority of its own. @default a connection for this request alone */
  readonly agent?: Agent;
}

describe('The operator as a process', function () {
  this.timeout(60_000);
  let folder: string;
  let tls: string;
  let certificate: TestCertificate;
  let port: number;
  let around: Server;
  let child: ChildProcess;

  /** What comes of a request over TLS that trusts the certificate's authority alone. */
  async function call(method: string, path: string, { body, cookie = '', agent }: Call = {}) {
    const headers = { [CONSOLE_HEADER]: '1', 'content-type': 'application/json', cookie };
    const trust = agent === undefined ? { ca: certificate.ca, agent: false } : { agent };
    const sent = request({ host: '127.0.0.1', port, method, path, headers, ...trust });
    sent.end(body && JSON.stringify(body));
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return response;
  }

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'operator-process-'));
    tls = join(folder, 'tls');
    certificate = await testCertificate(['127.0.0.1']);
    mountSecret(tls, secretOf(certificate));
    around = prometheusAndEngine(certificate).listen(0, '127.0.0.1');
    await once(around, 'listening');
    const url = `https://127.0.0.1:${(around.address() as AddressInfo).port}`;
    port = await getPort();
    const files = {
      'admin-token': 'the-administration-token\n',
      accounts: `ada viewer ${hashOfToken('first')}\n`,
      'session-key': 'k'.repeat(48),
      'index.html': '<!doctype html>',
    };
    for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
    const environment: NodeJS.ProcessEnv = {
      [ENVIRONMENT.port]: String(port),
      [ENVIRONMENT.tlsDirectory]: tls,
      [ENVIRONMENT.region]: 'uk-south',
      [ENVIRONMENT.prometheusUrl]: url,
      [ENVIRONMENT.prometheusCa]: join(tls, 'ca.crt'),
      [ENVIRONMENT.engineUrl]: url,
      [ENVIRONMENT.engineCa]: join(tls, 'ca.crt'),
      [ENVIRONMENT.adminTokenFile]: join(folder, 'admin-token'),
      [ENVIRONMENT.accountsFile]: join(folder, 'accounts'),
      [ENVIRONMENT.sessionKeyFile]: join(folder, 'session-key'),
      [ENVIRONMENT.consoleDirectory]: folder,
      [ENVIRONMENT.busyDays]: '2026-08-28=2.40',
    };
    child = spawn(process.execPath, [MAIN], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
    for (;;) {
      const ready = await call('GET', '/readyz').then(
        ({ statusCode }) => statusCode === 200,
        () => false,
      );
      if (ready) return;
      assert.equal(child.exitCode, null);
      await delay(50);
    }
  });
  after(() => {
    child.kill('SIGKILL');
    end(around);
    rmSync(folder, { recursive: true, force: true });
  });

  it('takes up a renewed certificate and a renewed authority from its Secret, and cuts off nobody', async () => {
    const agent = new Agent({ keepAlive: true, ca: certificate.ca });
    const { socket } = await answered(call('GET', '/readyz', { agent }));
    const signedIn = await answered(call('POST', API.session, { body: { name: 'ada', secret: 'first' } }));
    const cookie = signedIn.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const vendors = async () => (await answered(call('GET', API.vendors, { cookie, agent }))).statusCode;
    assert.equal(await vendors(), 200);
    const stream = await call('GET', API.events, { cookie });
    const snapshots = snapshotsOf(stream);
    const until = async (wanted: (snapshot: Snapshot) => boolean) => {
      for (;;) {
        const { value, done } = await snapshots.next();
        assert.ok(!done, 'the stream has ended');
        if (wanted(value)) return value;
      }
    };
    await until(({ away }) => away === null);

    // Prometheus and the engine have theirs renewed first, and whoever called them has to call again.
    const renewed = await testCertificate(['127.0.0.1']);
    around.setSecureContext(renewed);
    around.closeAllConnections();
    assert.match((await until(({ away }) => away !== null)).away?.reason ?? '', /certificate/);
    assert.equal(await vendors(), 502);

    mountSecret(tls, secretOf(renewed));
    assert.equal(await vendors(), 200);
    await until(({ away }) => away === null);
    certificate = renewed;
    const served = () =>
      call('GET', '/readyz').then(
        ({ statusCode }) => statusCode === 200,
        (error: Error) => {
          assert.match(error.message, /certificate/);
          return false;
        },
      );
    while (!(await served())) await delay(100);
    const again = await answered(call('GET', '/readyz', { agent }));
    assert.equal(again.statusCode, 200);
    assert.ok(again.socket === socket, 'the connection was another one');
    await until(({ away }) => away === null);
    agent.destroy();
    stream.destroy();
    end(around);
  });

  it('is ready without Prometheus and the engine, says over TLS that they are away, and ends its streams on SIGTERM', async () => {
    const signedIn = await answered(call('POST', API.session, { body: { name: 'ada', secret: 'first' } }));
    assert.equal(signedIn.statusCode, 200);
    assert.equal(signedIn.headers['strict-transport-security'], 'max-age=63072000');
    const cookie = signedIn.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const away = await call('GET', API.vendors, { cookie });
    assert.deepEqual(
      [away.statusCode, ((await json(away)) as { type: string }).type],
      [502, 'urn:wedsync:problem:engine-away'],
    );

    const events = await call('GET', API.events, { cookie });
    const heard = text(events);
    await once(events, 'readable');
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];
    assert.equal(code, 0);
    const told = await heard;
    assert.match(
      told,
      /event: snapshot\ndata: .*"verdict":\{"state":"unknown","reasons":\["Prometheus does not answer/,
    );
  });
});

function secretOf({ cert, key, ca }: TestCertificate): Record<string, string> {
  return { 'tls.crt': cert, 'tls.key': key, 'ca.crt': ca };
}

/** A Prometheus that knows of nothing, and an engine without vendors. */
function prometheusAndEngine(certificate: TestCertificate): Server {
  return createServer(certificate, ({ url = '' }, response) => {
    const data = url.startsWith('/api/v1/alerts') ? { alerts: [] } : { resultType: 'vector', result: [] };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(url.startsWith('/api/v1/') ? { status: 'success', data } : { keys: [] }));
  });
}

function end(server: Server): void {
  server.close();
  server.closeAllConnections();
}

/** A response whose body has come, so that its connection is free again. */
async function answered(call: Promise<IncomingMessage>): Promise<IncomingMessage> {
  const response = await call;
  await text(response);
  return response;
}

async function* snapshotsOf(stream: IncomingMessage): AsyncGenerator<Snapshot, undefined> {
  for await (const line of createInterface({ input: stream })) {
    const [, data] = /^data: (.*)$/.exec(line) ?? [];
    // A gap has no data.
    if (data !== undefined && data !== '{}') yield JSON.parse(data) as Snapshot;
  }
}
