import { setTimeout as delay } from 'node:timers/promises';
import { VENDOR_KEY_PREFIX } from '../../contract.ts';
import type { VendorKeyRecord, VendorKeys } from '../../ports/vendor-keys.ts';
import type { ClusterConnections } from './cluster.ts';
import { HedgedReader } from './hedged-reader.ts';
import { MasterReader } from './master-reader.ts';
import { ReplicatedWriter, type WritePolicy } from './replicated-writer.ts';

/** A key that was handed out must not vanish: a write counts only when a replica has it as well. */
const WRITE: WritePolicy = { giveUpAfter: 15_000, confirmWithin: 300, masterSuffices: false };

/** Milliseconds for which a key is looked for while no node answers, and between attempts. */
const READ_FOR = 2_000;
const READ_PAUSE = 50;

/** Hash from key id to record, over all vendors, to list and revoke by. It has a slot of its own. */
const INDEX = `${VENDOR_KEY_PREFIX}{index}`;

/**
 * The vendors' API keys in a durable Redis Cluster: a string a key under its hash, which is all that a request reads, and
 * an index. The two lie in different slots and are written one after the other, in the order in which a crash in
 * between does no harm: a key that works can always be listed and revoked.
 */
export class RedisVendorKeys implements VendorKeys {
  readonly #master: MasterReader;
  readonly #reader: HedgedReader;
  readonly #writer: ReplicatedWriter;

  constructor(cluster: ClusterConnections) {
    this.#master = new MasterReader(cluster);
    this.#reader = new HedgedReader(cluster);
    this.#writer = new ReplicatedWriter(cluster, WRITE);
  }

  async find(hash: string): Promise<VendorKeyRecord | undefined> {
    const record = await this.#read(keyOf(hash));
    return record && (JSON.parse(record.toString()) as VendorKeyRecord);
  }

  async add(record: VendorKeyRecord): Promise<void> {
    const text = JSON.stringify(record);
    await this.#writer.write(() => [['hset', INDEX, record.keyId, text]]);
    await this.#writer.write(() => [['set', keyOf(record.hash), text]]);
  }

  async list(vendorId?: string): Promise<readonly VendorKeyRecord[]> {
    const texts = Object.values(await this.#master.read(INDEX, (master) => master.hgetall(INDEX)));
    return texts
      .map((text) => JSON.parse(text) as VendorKeyRecord)
      .filter((record) => vendorId === undefined || record.vendorId === vendorId)
      .sort((one, other) => one.createdAt - other.createdAt || (one.keyId < other.keyId ? -1 : 1));
  }

  async revoke(keyId: string): Promise<boolean> {
    const text = await this.#master.read(INDEX, (master) => master.hget(INDEX, keyId));
    if (text === null) return false;
    await this.#writer.write(() => [['del', keyOf((JSON.parse(text) as VendorKeyRecord).hash)]]);
    await this.#writer.write(() => [['hdel', INDEX, keyId]]);
    return true;
  }

  /** Without an answer here nobody can be served, so a read is tried again for a while. */
  async #read(key: string): Promise<Buffer | undefined> {
    const end = performance.now() + READ_FOR;
    for (;;) {
      try {
        return await this.#reader.get(key);
      } catch (error) {
        if (performance.now() >= end) throw error;
        await delay(READ_PAUSE);
      }
    }
  }
}

function keyOf(hash: string): string {
  return `${VENDOR_KEY_PREFIX}{${hash}}`;
}
