import { DATA_KEY_PREFIX } from '../../contract.ts';
import type { DataKeyStore, WrappedKey } from '../../ports/data-keys.ts';
import type { ClusterConnections } from './cluster.ts';
import { MasterReader } from './master-reader.ts';
import { ReplicatedWriter, type WritePolicy } from './replicated-writer.ts';

/** A key that sealed something must not vanish, nor a destroyed one come back: a write counts only when a replica has it. */
const WRITE: WritePolicy = { giveUpAfter: 15_000, confirmWithin: 300, masterSuffices: false };

/** The tenants' wrapped data keys in a durable Redis Cluster: a hash from key id to JSON for each partition. */
export class RedisDataKeys implements DataKeyStore {
  readonly #master: MasterReader;
  readonly #writer: ReplicatedWriter;

  constructor(cluster: ClusterConnections) {
    this.#master = new MasterReader(cluster);
    this.#writer = new ReplicatedWriter(cluster, WRITE);
  }

  /** Read from the master: a replica might still have keys that were destroyed. */
  async list(partition: string): Promise<readonly WrappedKey[]> {
    const hash = keyOf(partition);
    const texts = Object.values(await this.#master.read(hash, (master) => master.hgetall(hash)));
    return texts.map(decode).sort((one, other) => one.createdAt - other.createdAt);
  }

  async add(partition: string, key: WrappedKey): Promise<WrappedKey> {
    const hash = keyOf(partition);
    const [, stored] = await this.#writer.write(() => [
      ['hsetnx', hash, key.id, encode(key)],
      ['hget', hash, key.id],
    ]);
    return decode(stored as string);
  }

  async destroy(partition: string): Promise<number> {
    const hash = keyOf(partition);
    const count = await this.#master.read(hash, (master) => master.hlen(hash));
    await this.#writer.write(() => [['del', hash]]);
    return count;
  }
}

function keyOf(partition: string): string {
  return `${DATA_KEY_PREFIX}{${partition}}`;
}

function encode(key: WrappedKey): string {
  return JSON.stringify({ ...key, wrapped: key.wrapped.toString('base64') });
}

function decode(text: string): WrappedKey {
  const stored = JSON.parse(text) as Omit<WrappedKey, 'wrapped'> & { readonly wrapped: string };
  return { ...stored, wrapped: Buffer.from(stored.wrapped, 'base64') };
}
