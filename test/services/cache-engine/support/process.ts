import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import getPort from 'get-port';
import { ENVIRONMENT } from '../../../../services/cache-engine/src/contract.ts';
import type { RedisCluster } from '../../../support/redis/cluster.ts';

const MAIN = fileURLToPath(new URL('../../../../services/cache-engine/src/main.ts', import.meta.url));

export const ADMIN_TOKEN = 'the-administration-token';

/** The engine as a process of its own, as it is deployed. */
export class EngineProcess {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #errors: Promise<string>;
  readonly #killNow = () => this.#child.kill('SIGKILL');

  private constructor(environment: NodeJS.ProcessEnv) {
    this.url = `http://127.0.0.1:${environment['PORT']}`;
    this.#child = spawn(process.execPath, [MAIN], { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#errors = this.#child.stderr === null ? Promise.resolve('') : text(this.#child.stderr);
    process.once('exit', this.#killNow);
  }

  /** Starts an engine without waiting for it. */
  static spawn(environment: NodeJS.ProcessEnv): EngineProcess {
    return new EngineProcess(environment);
  }

  /** Starts an engine and resolves when it is ready. */
  static async start(environment: NodeJS.ProcessEnv): Promise<EngineProcess> {
    const engine = new EngineProcess(environment);
    for (;;) {
      const ready = await fetch(`${engine.url}/readyz`).then(
        ({ status }) => status === 200,
        () => false,
      );
      if (ready) return engine;
      if (engine.#child.exitCode !== null) throw new Error(`The engine ended: ${await engine.#errors}`);
      await delay(20);
    }
  }

  /** Sends `signal` without waiting. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** How the process ends: its exit code, and what it wrote to standard error. */
  async ended(): Promise<{ code: number | null; errors: string }> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    process.off('exit', this.#killNow);
    return { code: this.#child.exitCode, errors: await this.#errors };
  }

  async stop(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended();
  }
}

/** The files and variables of an engine that uses `redis` as both of its clusters. */
export class EngineSettings {
  readonly folder = mkdtempSync(join(tmpdir(), 'wedsync-engine-'));
  readonly #redis: RedisCluster;

  constructor(redis: RedisCluster) {
    this.#redis = redis;
    const files = {
      'cache-password': redis.access('cache').password,
      'queue-password': redis.access('queue').password,
      'admin-token': `${ADMIN_TOKEN}\n`,
      'key-encryption-keys': `test ${randomBytes(32).toString('base64')}\n`,
    };
    for (const [file, content] of Object.entries(files)) writeFileSync(join(this.folder, file), content);
  }

  /** The environment, on a free port. */
  async environment(changes: NodeJS.ProcessEnv = {}): Promise<NodeJS.ProcessEnv> {
    const nodes = this.#redis
      .access('cache')
      .nodes.map(({ host, port }) => `${host}:${port}`)
      .join(',');
    return {
      [ENVIRONMENT.port]: String(await getPort({ host: '127.0.0.1' })),
      [ENVIRONMENT.region]: 'uk-south',
      [ENVIRONMENT.cacheNodes]: nodes,
      [ENVIRONMENT.queueNodes]: nodes,
      [ENVIRONMENT.cacheUser]: 'cache',
      [ENVIRONMENT.queueUser]: 'queue',
      [ENVIRONMENT.redisCa]: join(this.#redis.certificateFolder, 'ca.crt'),
      [ENVIRONMENT.cachePasswordFile]: join(this.folder, 'cache-password'),
      [ENVIRONMENT.queuePasswordFile]: join(this.folder, 'queue-password'),
      [ENVIRONMENT.adminTokenFile]: join(this.folder, 'admin-token'),
      [ENVIRONMENT.keyEncryptionFile]: join(this.folder, 'key-encryption-keys'),
      ...changes,
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
