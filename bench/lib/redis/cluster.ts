import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ENGINE_CACHE_USER, ENGINE_QUEUE_USER } from '../../../components/cache-service/redis-users.ts';
import { aclFile, REPLICA_USER } from '../../../components/redis/acl.ts';
import { HASH_SLOTS } from '../../../components/redis/slots.ts';
import { NODES_PER_SHARD } from '../../../components/redis/topology.ts';
import { LEAST_REDIS_SHARDS as SHARDS } from '@wedsync/domain';
import type { Context } from '../bench.ts';
import { certificateFor } from './certificate.ts';
import { REDIS_PORT, startNode, type RedisNode } from './node.ts';

/** How the engine gets into a cluster. */
export interface RedisCluster {
  /** `host:port` of the nodes, separated by commas. */
  readonly nodes: string;
  readonly caFile: string;
  readonly passwords: Readonly<Record<'cache' | 'queue', string>>;
}

/** What a cluster is given. */
export interface ClusterOptions extends Context {
  /** An empty folder for its files. */
  readonly folder: string;
  /** MiB that a node may hold before it evicts. */
  readonly maxMemory: number;
  /** Ends the nodes with the bench. */
  readonly stack: AsyncDisposableStack;
}

/** The two roles of the engine, with the very permissions that a region gives them; here both are on one cluster. */
const ENGINE_USERS = [
  { ...ENGINE_CACHE_USER, name: 'cache' },
  { ...ENGINE_QUEUE_USER, name: 'queue' },
];
const ADMIN_USER = { name: 'admin', keys: ['*'], commands: ['allchannels', '+@all'] };
/** Milliseconds in which nodes agree. */
const AGREE_WITHIN = 60_000;

/** Starts a Redis Cluster with TLS, ACLs and a replica of each master, as a region has; resolves when it is whole. */
export async function startRedisCluster({
  folder,
  maxMemory,
  progress,
  signal,
  stack,
}: ClusterOptions): Promise<RedisCluster> {
  const certificateFolder = join(folder, 'tls');
  mkdirSync(certificateFolder);
  const addresses = await freeAddresses(SHARDS * NODES_PER_SHARD);
  const { cert, key, ca } = await certificateFor(addresses);
  for (const [file, text] of Object.entries({ 'tls.crt': cert, 'tls.key': key, 'ca.crt': ca }))
    writeFileSync(join(certificateFolder, file), text, { mode: 0o600 });
  const users = [...ENGINE_USERS, REPLICA_USER, ADMIN_USER];
  const secret = () => randomBytes(16).toString('hex');
  const passwords = { cache: secret(), queue: secret(), replica: secret(), admin: secret() };
  const settings = {
    folder,
    certificateFolder,
    ca,
    acl: aclFile(users, passwords),
    passwords,
    maxMemory,
    progress,
    signal,
  };
  const started = await Promise.allSettled(addresses.map((address) => startNode(address, settings)));
  const nodes = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  for (const node of nodes) stack.defer(() => node.stop());
  for (const one of started) if (one.status === 'rejected') throw one.reason;
  await form(nodes, signal);
  return {
    nodes: addresses.map((address) => `${address}:${REDIS_PORT}`).join(','),
    caFile: join(certificateFolder, 'ca.crt'),
    passwords,
  };
}

/** The first nodes become masters, the others their replicas. */
async function form(nodes: readonly RedisNode[], signal: AbortSignal): Promise<void> {
  const ids = await Promise.all(nodes.map(async ({ admin }) => String(await admin.cluster('MYID'))));
  const [first, ...others] = nodes as [RedisNode, ...RedisNode[]];
  for (const { address } of others) await first.admin.cluster('MEET', address, REDIS_PORT);
  const allHave = (text: string) => async () => {
    const states = await Promise.all(nodes.map(({ admin }) => admin.cluster('INFO')));
    return states.every((state) => String(state).includes(text));
  };
  await until(allHave(`cluster_known_nodes:${nodes.length}`), signal);
  await Promise.all(
    nodes.map(async ({ admin }, index) => {
      if (index < SHARDS) {
        const bound = (share: number) => Math.floor((share * HASH_SLOTS) / SHARDS);
        await admin.cluster('ADDSLOTSRANGE', bound(index), bound(index + 1) - 1);
        return;
      }
      const master = ids[index % SHARDS] as string;
      // A node refuses until it has heard of its master.
      const replicate = () => admin.cluster('REPLICATE', master).then(() => true);
      await until(() => replicate().catch(() => false), signal);
    }),
  );
  await until(allHave('cluster_state:ok'), signal);
  await until(async () => {
    const known = await Promise.all(nodes.map(({ admin }) => admin.cluster('SLOTS')));
    return known.every(
      (shards) => shards.length === SHARDS && shards.every(([, , ...of]) => of.length === nodes.length / SHARDS),
    );
  }, signal);
}

/** Asks until the answer is yes: a cluster tells nobody when it has agreed. */
async function until(condition: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  const end = Date.now() + AGREE_WITHIN;
  while (!(await condition())) {
    signal.throwIfAborted();
    if (Date.now() > end) throw new Error(`The Redis Cluster of the bench has not formed in ${AGREE_WITHIN / 1000} s.`);
    await delay(50);
  }
}

/** Addresses `127.79.x.1` and up, in the first block whose Redis port nobody listens on. */
async function freeAddresses(count: number): Promise<string[]> {
  for (let block = 1; block < 255; block++) {
    const addresses = Array.from({ length: count }, (_, index) => `127.79.${block}.${index + 1}`);
    if (await isFree(addresses[0] as string)) return addresses;
  }
  throw new Error(`Port ${REDIS_PORT} is taken on every address from 127.79.1.1 to 127.79.254.1.`);
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
