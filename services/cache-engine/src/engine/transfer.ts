import type { Clock } from '@wedsync/domain';
import type { Frame, WarmTier } from '../ports/warm-tier.ts';
import { partitionOfKey, type AnswerKey } from './answer-key.ts';
import { Entry } from './entry.ts';
import { decodeRecord, encodeRecord } from './record.ts';
import { decodeDetails, encodeDetails } from './semantic/details.ts';
import type { Vault } from './vault.ts';

/** One answer on its way to another engine: opened, so whoever holds it holds what a tenant asked and was told. */
export interface Parcel {
  readonly version: 1;
  readonly key: AnswerKey;
  readonly frame: Frame;
  readonly tags: readonly string[];
  readonly question: string;
  /** The record, base64. */
  readonly record: string;
}

/** What became of a parcel: why it was not taken in, when it was not. */
export type Delivery = 'stored' | 'expired' | 'not-an-answer' | 'another-partition';

/** Carries stored answers from one region's engines to another's, to warm it up before it is asked. */
export class Transfer {
  readonly #warm: WarmTier;
  readonly #vault: Vault;
  readonly #clock: Clock;

  constructor(warm: WarmTier, vault: Vault, clock: Clock) {
    this.#warm = warm;
    this.#vault = vault;
    this.#clock = clock;
  }

  /** Every answer of a partition. Rejects when the warm tier is away. */
  async *export(partition: string): AsyncGenerator<Parcel> {
    for (const frame of await this.#warm.frames(partition)) {
      for (const { key, kind, tags, details } of await this.#warm.listings(partition, frame.id)) {
        if (kind !== 'answer') continue;
        const sealed = await this.#warm.get(key);
        const record = sealed && (await this.#vault.openRecord(key, sealed));
        const opened = await this.#vault.openDetails(key, details);
        const question = opened && decodeDetails(opened)?.text;
        if (record === undefined || question === undefined) continue;
        yield { version: 1, key, frame, tags, question, record: record.toString('base64') };
      }
    }
  }

  /** Takes one answer in, under this region's own keys. Rejects when the warm tier is away. */
  async import(partition: string, { key, frame, tags, question, record }: Parcel): Promise<Delivery> {
    if (partitionOfKey(key) !== partition) return 'another-partition';
    const entry = decodeRecord(Buffer.from(record, 'base64'));
    if (!(entry instanceof Entry)) return 'not-an-answer';
    const { bornAt, goneAt } = entry.lifetime;
    if (goneAt <= this.#clock.now()) return 'expired';
    const details = await this.#vault.sealDetails(key, encodeDetails({ text: question }));
    const listing = { key, frame: frame.id, kind: 'answer', tags, bornAt, expiresAt: goneAt, details } as const;
    await this.#warm.put(await this.#vault.sealRecord(key, encodeRecord(entry)), listing, frame);
    return 'stored';
  }
}
