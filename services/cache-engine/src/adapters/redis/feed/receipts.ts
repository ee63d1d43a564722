import type { RemovalReport } from '../../../ports/change-feed.ts';
import type { ClusterConnections } from '../cluster.ts';
import { MasterReader } from '../master-reader.ts';
import { ReplicatedWriter, type WritePolicy } from '../replicated-writer.ts';
import { CHANNEL, receiptKey } from './feed-keys.ts';

/** Nobody waits longer for a report. */
const WRITE: WritePolicy = { giveUpAfter: 5_000, confirmWithin: 50, masterSuffices: true };

/** Milliseconds for which reports are kept: those who wait for them do so for seconds. */
const KEPT_FOR = 60_000;

/** The message that an engine has reported. */
export const REPORTED = 'reported';

/** What the engines report on receipts. */
export class Receipts {
  readonly #master: MasterReader;
  readonly #writer: ReplicatedWriter;

  constructor(cluster: ClusterConnections) {
    this.#master = new MasterReader(cluster);
    this.#writer = new ReplicatedWriter(cluster, WRITE);
  }

  /** Stores a report and wakes those who wait for it. */
  async add(receipt: string, report: RemovalReport): Promise<void> {
    const key = receiptKey(receipt);
    await this.#writer.write(() => [
      ['hset', key, report.engine, JSON.stringify(report)],
      ['pexpire', key, KEPT_FOR],
      ['spublish', CHANNEL, REPORTED],
    ]);
  }

  /** The reports on a receipt until now. Rejects when they are not known within `milliseconds`. */
  async list(receipt: string, milliseconds: number): Promise<readonly RemovalReport[]> {
    const key = receiptKey(receipt);
    const texts = await this.#master.read(key, (master) => master.hvals(key), milliseconds);
    return texts.map((text) => JSON.parse(text) as RemovalReport);
  }
}
