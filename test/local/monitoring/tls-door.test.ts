import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import { PrometheusMetrics } from '../../../services/region-operator/src/adapters/prometheus-metrics.ts';
import { secureFetch } from '../../../services/service-kit/src/secure-fetch.ts';
import { MetricsAway } from '../../../services/region-operator/src/ports/metrics.ts';
import { prometheusClient } from '../../support/prometheus.ts';
import { testCertificate, type TestCertificate } from '../../support/redis/certificates.ts';

const trusting = (ca: string) => secureFetch(() => [ca]);
const DOOR = fileURLToPath(new URL('../../../local/monitoring/tls-door.ts', import.meta.url));

describe('the TLS before Prometheus on one machine', () => {
  let folder: string;
  let certificate: TestCertificate;
  let plain: Server;
  let door: ChildProcess;
  let url: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tls-door-'));
    certificate = await testCertificate(['127.0.0.1']);
    writeFileSync(join(folder, 'tls.crt'), certificate.cert);
    writeFileSync(join(folder, 'tls.key'), certificate.key);
    const answer = { status: 'success', data: { result: [{ metric: { job: 'x' }, value: [0, '7'] }] } };
    plain = createServer((_request, response) => response.end(JSON.stringify(answer))).listen(0, '127.0.0.1');
    await once(plain, 'listening');
    const port = await getPort();
    url = `https://127.0.0.1:${port}`;
    const target = `127.0.0.1:${(plain.address() as AddressInfo).port}`;
    const env = { PORT: String(port), TLS_DIR: folder, TARGET: target };
    door = spawn(process.execPath, [DOOR], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    const metrics = new PrometheusMetrics(prometheusClient(url, trusting(certificate.ca)));
    while ((await metrics.instant('x').catch(() => [])).length === 0) {
      assert.equal(door.exitCode, null);
      await delay(50);
    }
  });
  after(() => {
    door.kill('SIGKILL');
    plain.close();
    plain.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  });

  it('hands on what is asked under its authority’s certificate', async () => {
    const metrics = new PrometheusMetrics(prometheusClient(url, trusting(certificate.ca)));
    assert.deepEqual(await metrics.instant('x'), [{ labels: { job: 'x' }, value: 7 }]);
  });

  it('is not trusted by who knows another authority, and outlives callers that speak no TLS', async () => {
    const stranger = await testCertificate(['127.0.0.1']);
    await assert.rejects(new PrometheusMetrics(prometheusClient(url, trusting(stranger.ca))).instant('x'), MetricsAway);
    await assert.rejects(fetch(url.replace('https', 'http')));
    const metrics = new PrometheusMetrics(prometheusClient(url, trusting(certificate.ca)));
    assert.equal((await metrics.instant('x')).length, 1);
  });
});
