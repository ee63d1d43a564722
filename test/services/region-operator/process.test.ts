import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json, text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import { ENVIRONMENT, hashOfToken } from '../../../services/region-operator/src/contract.ts';
import { API, CONSOLE_HEADER } from '../../../services/region-operator/src/wire.ts';
import { testCertificate, type TestCertificate } from '../../support/redis/certificates.ts';

const MAIN = fileURLToPath(new URL('../../../services/region-operator/src/main.ts', import.meta.url));

describe('The operator as a process', function () {
  this.timeout(30_000);
  let folder: string;
  let certificate: TestCertificate;
  let port: number;
  let child: ChildProcess;

  /** What comes of a request over TLS that trusts the certificate's authority alone. */
  async function call(method: string, path: string, body?: object, cookie = '') {
    const headers = { [CONSOLE_HEADER]: '1', 'content-type': 'application/json', cookie };
    const sent = request({ host: '127.0.0.1', port, method, path, headers, ca: certificate.ca, agent: false });
    sent.end(body && JSON.stringify(body));
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return response;
  }

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'operator-process-'));
    certificate = await testCertificate(['127.0.0.1']);
    port = await getPort();
    const files = {
      'tls.crt': certificate.cert,
      'tls.key': certificate.key,
      'ca.crt': certificate.ca,
      'admin-token': 'the-administration-token\n',
      accounts: `ada viewer ${hashOfToken('first')}\n`,
      'session-key': 'k'.repeat(48),
      'index.html': '<!doctype html>',
    };
    for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
    const environment: NodeJS.ProcessEnv = {
      [ENVIRONMENT.port]: String(port),
      [ENVIRONMENT.tlsDirectory]: folder,
      [ENVIRONMENT.region]: 'uk-south',
      [ENVIRONMENT.prometheusUrl]: 'https://127.0.0.1:9',
      [ENVIRONMENT.prometheusCa]: join(folder, 'ca.crt'),
      [ENVIRONMENT.engineUrl]: 'https://127.0.0.1:9',
      [ENVIRONMENT.engineCa]: join(folder, 'ca.crt'),
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
    rmSync(folder, { recursive: true, force: true });
  });

  it('serves a renewed certificate within seconds, while a stream goes on under the one before', async () => {
    const signedIn = await call('POST', API.session, { name: 'ada', secret: 'first' });
    const cookie = signedIn.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const events = await call('GET', API.events, undefined, cookie);
    let ended = false;
    events.on('close', () => (ended = true)).resume();
    certificate = await testCertificate(['127.0.0.1']);
    for (const [file, content] of [
      ['tls.key', certificate.key],
      ['tls.crt', certificate.cert],
    ] as const) {
      writeFileSync(join(folder, file), content);
      // A pair that is just being exchanged is left alone.
      if (file === 'tls.key') await assert.rejects(call('GET', '/readyz'), /certificate/);
    }
    const served = () =>
      call('GET', '/readyz').then(
        ({ statusCode }) => statusCode === 200,
        (error: Error) => {
          assert.match(error.message, /certificate/);
          return false;
        },
      );
    while (!(await served())) await delay(100);
    assert.equal(ended, false);
    events.destroy();
  });

  it('is ready without Prometheus and the engine, says over TLS that they are away, and ends its streams on SIGTERM', async () => {
    const signedIn = await call('POST', API.session, { name: 'ada', secret: 'first' });
    assert.equal(signedIn.statusCode, 200);
    assert.equal(signedIn.headers['strict-transport-security'], 'max-age=63072000');
    const cookie = signedIn.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const away = await call('GET', API.vendors, undefined, cookie);
    assert.deepEqual(
      [away.statusCode, ((await json(away)) as { type: string }).type],
      [502, 'urn:wedsync:problem:engine-away'],
    );

    const events = await call('GET', API.events, undefined, cookie);
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
