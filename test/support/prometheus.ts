import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PrometheusClient } from '@wedsync/service-kit/prometheus-client';
import { secureFetch } from '@wedsync/service-kit/secure-fetch';
import type { TestCertificate } from './redis/certificates.ts';

/** A Prometheus of the test's own, which evaluates rules every second and scrapes nothing. */
export class TestPrometheus {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(url: string, child: ChildProcess, folder: string) {
    this.url = url;
    this.#child = child;
    this.#folder = folder;
  }

  /**
   * @param rules as YAML
   * @param history what it has already, as OpenMetrics
   * @param certificate for 127.0.0.1, under which it answers by TLS 1.3, as its operator would have it
   */
  static async start(rules: string, history?: string, certificate?: TestCertificate): Promise<TestPrometheus> {
    const folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
    if (history !== undefined) writeBlocks(history, folder);
    writeFileSync(join(folder, 'rules.yml'), rules);
    const configuration = join(folder, 'prometheus.yml');
    writeFileSync(configuration, 'global: { evaluation_interval: 1s }\nrule_files: [rules.yml]\n');
    const address = `127.0.0.1:${await freePort()}`;
    const flags = [
      `--config.file=${configuration}`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=${address}`,
      ...(certificate === undefined ? [] : [`--web.config.file=${writeWebConfiguration(certificate, folder)}`]),
    ];
    const child = spawn('prometheus', flags, { stdio: 'ignore' });
    const prometheus = new TestPrometheus(
      `${certificate === undefined ? 'http' : 'https'}://${address}`,
      child,
      folder,
    );
    const request = certificate === undefined ? fetch : secureFetch(() => [certificate.ca]);
    for (;;) {
      const ready = await request(`${prometheus.url}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) return prometheus;
      if (child.exitCode !== null) throw new Error(`Prometheus ended with ${child.exitCode}.`);
      await delay(50);
    }
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function writeWebConfiguration({ cert, key }: TestCertificate, folder: string): string {
  writeFileSync(join(folder, 'tls.crt'), cert);
  writeFileSync(join(folder, 'tls.key'), key);
  const file = join(folder, 'web.yml');
  writeFileSync(file, 'tls_server_config: { cert_file: tls.crt, key_file: tls.key, min_version: TLS13 }\n');
  return file;
}

/** Few blocks, since every one reads the whole text. */
function writeBlocks(history: string, folder: string): void {
  const file = join(folder, 'history');
  writeFileSync(file, history);
  const make = ['tsdb', 'create-blocks-from', '--max-block-duration=9000h', 'openmetrics', file, join(folder, 'data')];
  const { status, stderr, stdout } = spawnSync('promtool', make, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`promtool ended with ${status}: ${stdout}${stderr}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A client of the Prometheus at `url`, for as long as a test waits. */
export function prometheusClient(url: string, request?: typeof fetch): PrometheusClient {
  return new PrometheusClient({ url, patience: 10_000, fetch: request });
}
