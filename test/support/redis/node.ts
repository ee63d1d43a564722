import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** What the nodes of one test cluster have in common. */
export interface NodeSettings {
  readonly folder: string;
  readonly certificateFolder: string;
  readonly ca: string;
  /** Lines of the ACL file. */
  readonly acl: string;
  readonly adminPassword: string;
  readonly replicaPassword: string;
  readonly nodeTimeout: number;
}

export const REDIS_PORT = 6379;

/** One redis-server of a test cluster, on an address of its own. */
export class RedisNode {
  readonly address: string;
  readonly #settings: NodeSettings;
  readonly #folder: string;
  #process: ChildProcess | undefined;
  #admin: Redis | undefined;

  constructor(address: string, settings: NodeSettings) {
    this.address = address;
    this.#settings = settings;
    this.#folder = join(settings.folder, address);
    mkdirSync(this.#folder);
    writeFileSync(join(this.#folder, 'users.acl'), settings.acl);
    writeFileSync(join(this.#folder, 'redis.conf'), this.#configuration());
  }

  /** Starts the server, or starts it again with the data it had. */
  start(): void {
    const log = openSync(join(this.#folder, 'log'), 'a');
    this.#process = spawn('redis-server', [join(this.#folder, 'redis.conf')], { stdio: ['ignore', log, log] });
  }

  /** Sends `signal`; for one that ends the server, resolves when it has ended. */
  async signal(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ends = signal === 'SIGKILL' || signal === 'SIGTERM';
    const ended = ends ? once(child, 'exit') : undefined;
    child.kill(signal);
    if (ends) this.#admin?.disconnect();
    if (ends) this.#admin = undefined;
    await ended;
  }

  /** Ends the server at once, when the test process itself ends. */
  killNow(): void {
    this.#process?.kill('SIGKILL');
  }

  /** Keeps no process waiting for the server. */
  unref(): void {
    this.#process?.unref();
    this.#admin?.disconnect();
    this.#admin = undefined;
  }

  /** A connection of the administrator, who may call anything. */
  get admin(): Redis {
    const { ca, adminPassword } = this.#settings;
    if (this.#admin === undefined) {
      this.#admin = new Redis({
        host: this.address,
        port: REDIS_PORT,
        username: 'admin',
        password: adminPassword,
        tls: { ca },
        retryStrategy: () => 20,
        maxRetriesPerRequest: null,
      });
      this.#admin.on('error', () => {});
    }
    return this.#admin;
  }

  #configuration(): string {
    const { certificateFolder, nodeTimeout, replicaPassword } = this.#settings;
    return [
      'port 0',
      `tls-port ${REDIS_PORT}`,
      `bind ${this.address}`,
      `cluster-announce-ip ${this.address}`,
      `tls-cert-file ${certificateFolder}/tls.crt`,
      `tls-key-file ${certificateFolder}/tls.key`,
      `tls-ca-cert-file ${certificateFolder}/ca.crt`,
      'tls-protocols "TLSv1.3"',
      'tls-auth-clients optional',
      'tls-replication yes',
      'tls-cluster yes',
      'cluster-enabled yes',
      `cluster-config-file ${this.#folder}/nodes.conf`,
      `cluster-node-timeout ${nodeTimeout}`,
      'cluster-require-full-coverage no',
      'repl-diskless-sync-delay 0',
      // Nodes name a replica only when its replication has moved, be it by a ping.
      'repl-ping-replica-period 1',
      `aclfile ${this.#folder}/users.acl`,
      'masteruser replica',
      `masterauth ${replicaPassword}`,
      `dir ${this.#folder}`,
      'save ""',
      'appendonly no',
      '',
    ].join('\n');
  }
}
