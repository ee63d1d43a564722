import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LocalCluster, type ImageCatalog, type LocalClusterOptions, type PodEvent } from '../../../local/pods/index.ts';
import { IMAGE } from './manifests.ts';

export const images: ImageCatalog = {
  [IMAGE]: { paths: { '/app': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  'docker.io/library/redis': {},
};

type EventFilter = Partial<Pick<PodEvent, 'kind' | 'name'>> & { readonly match?: RegExp };

/** What happened in a cluster, to be awaited. */
export class EventLog {
  readonly events: PodEvent[] = [];
  readonly #listeners = new Set<() => void>();

  readonly record = (event: PodEvent): void => {
    this.events.push(event);
    for (const listener of [...this.#listeners]) listener();
  };

  find(filter: EventFilter, from = 0): PodEvent | undefined {
    return this.events.slice(from).find((event) => fits(event, filter));
  }

  /** Resolves with the first such event after the first `from` ones, when there is one. */
  async next(filter: EventFilter, from = 0): Promise<PodEvent> {
    const found = this.find(filter, from);
    if (found) return found;
    return new Promise((resolve) => {
      const look = () => {
        const event = this.find(filter, from);
        if (!event) return;
        this.#listeners.delete(look);
        resolve(event);
      };
      this.#listeners.add(look);
    });
  }

  get length(): number {
    return this.events.length;
  }
}

function fits(event: PodEvent, { kind, name, match }: EventFilter): boolean {
  return (
    (kind === undefined || event.kind === kind) &&
    (name === undefined || event.name.startsWith(name)) &&
    (match === undefined || match.test(event.message))
  );
}

/** Clusters and folders of one test file, ended after each test. */
export class TestClusters {
  readonly #clusters: LocalCluster[] = [];
  readonly #folders: string[] = [];

  folder(): string {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pods-')));
    this.#folders.push(folder);
    return folder;
  }

  async open(
    options: Partial<LocalClusterOptions> = {},
  ): Promise<{ cluster: LocalCluster; log: EventLog; dataDir: string }> {
    const log = new EventLog();
    const dataDir = options.dataDir ?? this.folder();
    const cluster = await LocalCluster.open({ images, onEvent: log.record, ...options, dataDir });
    this.#clusters.push(cluster);
    return { cluster, log, dataDir };
  }

  async close(): Promise<void> {
    await Promise.all(this.#clusters.splice(0).map((cluster) => cluster.stop({ graceMs: 1000 })));
    for (const folder of this.#folders.splice(0)) {
      for (const pid of processesOf(folder)) process.kill(pid, 'SIGKILL'); // of a test that failed
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Asks a Pod or Service over HTTP. @throws when nobody answers */
export function ask(host: string, path = '/', port = 8000): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const question = request({ host, port, path, agent: false, timeout: 5000 }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', reject);
    });
    question.on('timeout', () => question.destroy(new Error(`no answer from ${host}:${port}${path}`)));
    question.on('error', reject);
    question.end();
  });
}

/** The processes whose output goes to the logs of a data folder, or that carry its mark: found without our own code. */
export function processesOf(dataDir: string): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        const marked = readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`WEDSYNC_RUN=${dataDir}`);
        return marked || readlinkSync(`/proc/${pid}/fd/1`).startsWith(`${dataDir}/`);
      } catch {
        return false;
      }
    })
    .map(Number);
}

export function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

/** Resolves when a condition that no event reports holds, such as that a process is gone. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** The only Pod of a workload, or one of them. */
export function podOf(cluster: LocalCluster, workload: string) {
  const pod = cluster.status().pods.find(({ owner }) => owner.endsWith(`/${workload}`));
  if (!pod) throw new Error(`no Pod of ${workload}`);
  return pod;
}
