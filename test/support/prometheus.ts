import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

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
   */
  static async start(rules: string, history?: string): Promise<TestPrometheus> {
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
    ];
    const child = spawn('prometheus', flags, { stdio: 'ignore' });
    const prometheus = new TestPrometheus(`http://${address}`, child, folder);
    for (;;) {
      const ready = await fetch(`${prometheus.url}/-/ready`).then(
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
