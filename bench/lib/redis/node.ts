import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Context } from '../bench.ts';
import { Child } from '../child.ts';

export const REDIS_PORT = 6379;

/** What the nodes of one cluster have in common. */
export interface NodeSettings extends Context {
  readonly folder: string;
  /** Folder with `ca.crt`, `tls.crt` and `tls.key`. */
  readonly certificateFolder: string;
  readonly ca: string;
  /** Text of the ACL file; among its users are `admin` and `replica`. */
  readonly acl: string;
  readonly passwords: Readonly<Record<'admin' | 'replica', string>>;
  /** MiB that a node may hold before it evicts. */
  readonly maxMemory: number;
}

/** One redis-server, on an address of its own. */
export interface RedisNode {
  readonly address: string;
  /** A connection of the administrator, who may call anything. */
  readonly admin: Redis;
  readonly stop: () => Promise<void>;
}

/** Milliseconds in which a server without data serves. */
const START_WITHIN = 20_000;

/** Starts a node and resolves when it answers. */
export async function startNode(address: string, settings: NodeSettings): Promise<RedisNode> {
  const folder = join(settings.folder, address);
  mkdirSync(folder);
  writeFileSync(join(folder, 'users.acl'), settings.acl);
  writeFileSync(join(folder, 'redis.conf'), configuration(address, folder, settings));
  const admin = new Redis({
    ...{ host: address, port: REDIS_PORT, username: 'admin', password: settings.passwords.admin },
    ...{ tls: { ca: settings.ca }, lazyConnect: true, maxRetriesPerRequest: 1 },
  });
  // The connection is tried again by itself; what matters is whether a command is answered.
  admin.on('error', () => {});
  const child = await Child.start({
    name: `redis-server on ${address}`,
    command: ['redis-server', join(folder, 'redis.conf')],
    role: 'others',
    signal: settings.signal,
    ready: async () => (await admin.ping()) === 'PONG',
    within: START_WITHIN,
    onEnd: settings.progress,
  });
  const stop = async () => {
    admin.disconnect();
    await child.stop();
  };
  return { address, admin, stop };
}

function configuration(address: string, folder: string, settings: NodeSettings): string {
  const { certificateFolder, passwords, maxMemory } = settings;
  return [
    'port 0',
    `tls-port ${REDIS_PORT}`,
    `bind ${address}`,
    `cluster-announce-ip ${address}`,
    `tls-cert-file ${certificateFolder}/tls.crt`,
    `tls-key-file ${certificateFolder}/tls.key`,
    `tls-ca-cert-file ${certificateFolder}/ca.crt`,
    'tls-protocols "TLSv1.3"',
    'tls-auth-clients optional',
    'tls-replication yes',
    'tls-cluster yes',
    'cluster-enabled yes',
    `cluster-config-file ${folder}/nodes.conf`,
    // On a busy machine a node is silent for a while without being dead.
    'cluster-node-timeout 30000',
    'repl-diskless-sync-delay 0',
    // Nodes name a replica only when its replication has moved, be it by a ping.
    'repl-ping-replica-period 1',
    `aclfile ${folder}/users.acl`,
    'masteruser replica',
    `masterauth ${passwords.replica}`,
    `dir ${folder}`,
    'save ""',
    'appendonly no',
    `maxmemory ${maxMemory}mb`,
    'maxmemory-policy allkeys-lfu',
    '',
  ].join('\n');
}
