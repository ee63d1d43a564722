import type { Redis } from 'ioredis';
import type { ClusterConnections } from '../cluster.ts';
import type { NodeAddress } from '../slot-map.ts';
import { CHANNEL } from './feed-keys.ts';

/**
 * The messages of the feed's channel. They only say that it is worth a look: one that is lost, as all are while there is no
 * connection, is made up for by looking from time to time.
 */
export class WakeUps {
  readonly #cluster: Pick<ClusterConnections, 'shardOf' | 'open'>;
  readonly #onMessage: (message: string) => void;
  readonly #onConnected: () => void;
  #node: NodeAddress | undefined;
  #connection: Redis | undefined;

  /** @param onConnected called when messages come from now on: those before are not known. */
  constructor(
    cluster: Pick<ClusterConnections, 'shardOf' | 'open'>,
    onMessage: (message: string) => void,
    onConnected: () => void,
  ) {
    this.#cluster = cluster;
    this.#onMessage = onMessage;
    this.#onConnected = onConnected;
  }

  /** Sees to it that the connection is to the node that has the channel. To be called again and again. */
  tend(): void {
    const [master] = this.#cluster.shardOf(CHANNEL) ?? [];
    if (master === undefined || master === this.#node) return;
    this.#connection?.disconnect();
    this.#node = master;
    const connection = this.#cluster.open(master);
    this.#connection = connection;
    connection.on('smessage', (_channel: string, message: string) => this.#onMessage(message));
    connection.on('ready', () => {
      connection.ssubscribe(CHANNEL).then(this.#onConnected, () => {
        // The channel is elsewhere, or the node is not ready: the next look begins anew.
        if (this.#connection === connection) this.#node = undefined;
      });
    });
  }

  close(): void {
    this.#connection?.disconnect();
  }
}
