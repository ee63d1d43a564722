import { Redis, type RedisOptions } from 'ioredis';
import type { NodeAddress } from './slot-map.ts';

/** How to reach a Redis Cluster. */
export interface RedisAccess {
  /** Any of the cluster's nodes; the others are learnt from them. */
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly user: string;
  readonly password: string;
  /** PEM of the authority that signed the nodes' certificates. */
  readonly ca: string;
}

/**
 * Milliseconds of silence while answers are due after which a connection is given up, so that a node that hangs holds no queue of
 * commands. For the connection and not for each command: a timer for each would cost as much as a read.
 */
const SILENCE = 1500;

/** What may differ between connections. */
type NodeOptions = Partial<Record<'readOnly' | 'lazyConnect' | 'autoResubscribe', boolean>> &
  Pick<RedisOptions, 'retryStrategy'>;

/**
 * Opens a connection to one node; it connects again by itself after a loss. A command is refused at once while there is
 * no connection: whom to ask instead, and when to try again, is decided by the cluster, not by a queue.
 */
export function openNode(access: RedisAccess, address: NodeAddress, options: NodeOptions = {}): Redis {
  const split = address.lastIndexOf(':');
  const node = new Redis({
    host: address.slice(0, split),
    port: Number(address.slice(split + 1)),
    username: access.user,
    password: access.password,
    tls: { ca: access.ca, minVersion: 'TLSv1.3' },
    connectTimeout: 2000,
    socketTimeout: SILENCE,
    retryStrategy: (attempts) => Math.min(25 * attempts, 1000),
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // Both need more commands than the engine's users may call; LOADING replies are tried again by the callers.
    enableReadyCheck: false,
    disableClientInfo: true,
    ...options,
  });
  // Without a listener an error would end the process; a connection's state is read from `status`.
  node.on('error', () => {});
  return node;
}

/** What keeps the engine out, in the words of the first node that says so. */
export async function whyNotReached(access: RedisAccess): Promise<string> {
  const reasons = access.nodes.map(async ({ host, port }) => {
    const address = `${host}:${port}`;
    const node = openNode(access, address, { lazyConnect: true, retryStrategy: () => null });
    let reason: string | undefined;
    const note = (error: Error) => (reason ??= error.message);
    node.on('error', note);
    await node.connect().then(() => node.cluster('SLOTS').catch(note), note);
    node.disconnect();
    if (reason === undefined) throw new Error(`${address} lets the engine in`);
    return `${address}: ${reason}`;
  });
  return Promise.any(reasons).catch(() => 'it is reached again');
}
