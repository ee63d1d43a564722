import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import calculateSlot from 'cluster-key-slot';
import { type Lock, takeLock } from '../../../local/pods/house/lock.ts';
import { testCertificate } from './certificates.ts';
import { REDIS_PORT, RedisNode } from './node.ts';

/** What a test wants of its cluster. */
export interface ClusterWishes {
  /** ACL rules by user name, such as `{ engine: '~answer:* +get' }`; each gets a password. */
  readonly users: Readonly<Record<string, string>>;
  /** Replicas of each of the three masters; default 1. */
  readonly replicas?: 0 | 1;
  /** Milliseconds after which a silent master is replaced; default 1000. */
  readonly nodeTimeout?: number;
}

const MASTERS = 3;
const SLOTS = 16_384;

/** A real Redis Cluster with TLS and ACLs, on addresses in 127.78.0.0/16 that no other has. */
export class RedisCluster {
  readonly nodes: readonly RedisNode[];
  readonly ca: string;
  /** Holds `ca.crt`, `tls.crt` and `tls.key`. */
  readonly certificateFolder: string;
  readonly #folder: string;
  readonly #lock: Lock;
  readonly #passwords: Readonly<Record<string, string>>;
  readonly #endNow = () => {
    this.nodes.forEach((node) => node.killNow());
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  };

  private constructor(
    folder: string,
    nodes: readonly RedisNode[],
    lock: Lock,
    ca: string,
    passwords: Readonly<Record<string, string>>,
  ) {
    this.#folder = folder;
    this.#lock = lock;
    this.certificateFolder = join(folder, 'tls');
    this.nodes = nodes;
    this.ca = ca;
    this.#passwords = passwords;
    process.once('exit', this.#endNow);
  }

  /** Starts a cluster and resolves when each slot has a master and each replica its data. */
  static async start({ users, replicas = 1, nodeTimeout = 1000 }: ClusterWishes): Promise<RedisCluster> {
    const folder = mkdtempSync(join(tmpdir(), 'wedsync-redis-'));
    const certificateFolder = join(folder, 'tls');
    mkdirSync(certificateFolder);
    const { addresses, lock } = await freeAddresses(MASTERS * (1 + replicas));
    const { cert, key, ca } = await testCertificate(addresses);
    for (const [file, text] of Object.entries({ 'tls.crt': cert, 'tls.key': key, 'ca.crt': ca })) {
      writeFileSync(join(certificateFolder, file), text);
    }
    const names = ['admin', 'replica', ...Object.keys(users)];
    const passwords = Object.fromEntries(names.map((name) => [name, randomBytes(12).toString('hex')]));
    const rules = { admin: '~* &* +@all', replica: '+psync +replconf +ping', ...users };
    const acl = [
      'user default off resetpass',
      ...Object.entries(rules).map(([name, rule]) => `user ${name} on >${passwords[name] ?? ''} ${rule}`),
      '',
    ].join('\n');
    const settings = {
      folder,
      certificateFolder,
      ca,
      acl,
      adminPassword: passwords['admin'] ?? '',
      replicaPassword: passwords['replica'] ?? '',
      nodeTimeout,
    };
    const cluster = new RedisCluster(
      folder,
      addresses.map((address) => new RedisNode(address, settings)),
      lock,
      ca,
      passwords,
    );
    cluster.nodes.forEach((node) => node.start());
    await cluster.#form();
    return cluster;
  }

  /** How `user` gets in: what the engine's adapters are given. */
  access(user: string): { nodes: { host: string; port: number }[]; user: string; password: string; ca: string } {
    const nodes = this.nodes.map(({ address }) => ({ host: address, port: REDIS_PORT }));
    return { nodes, user, password: this.#passwords[user] ?? '', ca: this.ca };
  }

  /** The node that is master of `key` now, as the others see it. */
  async masterOf(key: string): Promise<RedisNode> {
    const slot = calculateSlot(key);
    const ranges = (await this.nodes[0]?.admin.cluster('SLOTS')) ?? [];
    const address = ranges.find(([from, to]) => slot >= from && slot <= to)?.[2]?.[0];
    const node = this.nodes.find((one) => one.address === address);
    if (node === undefined) throw new Error(`No node of the test cluster is master of ${key}.`);
    return node;
  }

  /** Ends all nodes and removes their data. */
  async stop(): Promise<void> {
    process.off('exit', this.#endNow);
    await Promise.all(this.nodes.map((node) => node.signal('SIGKILL')));
    rmSync(this.#folder, { recursive: true, force: true });
    await this.#lock.release();
  }

  /** Lets this process end while the nodes still run; they then end with it. */
  unref(): void {
    this.nodes.forEach((node) => node.unref());
  }

  async #form(): Promise<void> {
    const [first, ...others] = this.nodes;
    const perShard = this.nodes.length / MASTERS;
    if (first === undefined) throw new Error('A cluster has nodes.');
    const ids = await Promise.all(this.nodes.map(async ({ admin }) => await admin.cluster('MYID')));
    for (const { address } of others) await first.admin.cluster('MEET', address, REDIS_PORT);
    await Promise.all(
      this.nodes.map(({ admin }) =>
        until(async () => (await info(admin.cluster('INFO'))).includes(`cluster_known_nodes:${this.nodes.length}`)),
      ),
    );
    await Promise.all(
      this.nodes.map(({ admin }, index) => {
        if (index >= MASTERS)
          return until(() =>
            admin.cluster('REPLICATE', ids[index - MASTERS] ?? '').then(
              () => true,
              () => false,
            ),
          );
        const [from, to] = [index, index + 1].map((share) => Math.floor((share * SLOTS) / MASTERS)) as [number, number];
        return admin.cluster('ADDSLOTSRANGE', from, to - 1);
      }),
    );
    await Promise.all(
      this.nodes.map(({ admin }, index) =>
        until(async () => {
          const state = await info(admin.cluster('INFO'));
          const replication = await info(admin.info('replication'));
          const synced = index < MASTERS || replication.includes('master_link_status:up');
          // News travels by gossip: a failover needs every node to know every replica.
          const shards = await admin.cluster('SLOTS');
          const known = shards.length === MASTERS && shards.every(([, , ...nodes]) => nodes.length === perShard);
          return synced && known && state.includes('cluster_state:ok');
        }),
      ),
    );
  }
}

async function info(reply: Promise<unknown>): Promise<string> {
  return String(await reply);
}

/** Asks until the answer is yes: a cluster tells nobody when it has agreed. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(20);
}

/** Addresses `127.78.x.1` and up, in a block that no other test process has and on whose Redis port nobody listens. */
async function freeAddresses(count: number): Promise<{ addresses: string[]; lock: Lock }> {
  for (;;) {
    const block = 1 + ((randomBytes(1)[0] ?? 0) % 254);
    const lock = await takeLock(`test-redis/${block}`);
    if (lock === undefined) continue;
    const addresses = Array.from({ length: count }, (_, index) => `127.78.${block}.${index + 1}`);
    if (await isFree(addresses[0] ?? '')) return { addresses, lock };
    await lock.release();
  }
}

async function isFree(address: string): Promise<boolean> {
  const server = createServer().listen(REDIS_PORT, address);
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
