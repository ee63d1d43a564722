import type { VendorType } from '@wedsync/domain';
import type { Frame, Listing, WarmTier } from '../ports/warm-tier.ts';
import { Alias, type Provenance } from './alias.ts';
import type { AnswerKey } from './answer-key.ts';
import { weddingDigest } from './place.ts';
import { decodeRecord } from './record.ts';
import { decodeDetails } from './semantic/details.ts';
import type { Vault } from './vault.ts';

/** One stored answer or alias, as it is shown to its owner. */
export interface CatalogueItem {
  readonly key: AnswerKey;
  readonly frame: string;
  readonly kind: Listing['kind'];
  readonly question: string;
  readonly vendorType: VendorType;
  readonly model: string;
  readonly weddingDate: string | null;
  /** Epoch milliseconds. */
  readonly bornAt: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** For an alias: where it leads, and why. `null` for anything else, and for an alias that is gone meanwhile. */
  readonly alias: { readonly target: AnswerKey; readonly provenance: Provenance } | null;
}

/** A page of what is stored, and where the next one begins. */
export interface CataloguePage {
  readonly items: readonly CatalogueItem[];
  /** `undefined` on the last page. */
  readonly next: string | undefined;
}

/** What to show. */
export interface CatalogueQuery {
  readonly limit: number;
  /** `next` of the page before. */
  readonly cursor?: string | undefined;
  readonly weddingId?: string | undefined;
  readonly kind?: Listing['kind'] | undefined;
}

/** Shows what is stored, page by page. An item that is stored or removed meanwhile may be shown or not; no other one twice. */
export class Catalogue {
  readonly #warm: WarmTier;
  readonly #vault: Vault;

  constructor(warm: WarmTier, vault: Vault) {
    this.#warm = warm;
    this.#vault = vault;
  }

  /** Items of a partition in the order of their keys within their frames. Rejects when the warm tier is away. */
  async page(partition: string, { limit, cursor, weddingId, kind }: CatalogueQuery): Promise<CataloguePage> {
    const [fromFrame = '', afterKey = ''] = cursor?.split('/') ?? [];
    const wedding = weddingId === undefined ? undefined : weddingDigest(weddingId);
    const frames = (await this.#warm.frames(partition))
      .filter((frame) => frame.id >= fromFrame && (wedding === undefined || frame.wedding === wedding))
      .sort(({ id: one }, { id: other }) => (one < other ? -1 : 1));
    const items: CatalogueItem[] = [];
    for (const frame of frames) {
      const listings = (await this.#warm.listings(partition, frame.id))
        .filter((listing) => kind === undefined || listing.kind === kind)
        .filter(({ key }) => frame.id !== fromFrame || key > afterKey)
        .sort(({ key: one }, { key: other }) => (one < other ? -1 : 1));
      for (const listing of listings) {
        if (items.length === limit) {
          const last = items[limit - 1];
          return { items, next: last && `${last.frame}/${last.key}` };
        }
        items.push(await this.#item(frame, listing));
      }
    }
    return { items, next: undefined };
  }

  /** What kind of record lies under a key; `undefined` for none. Rejects when the warm tier is away. */
  async kindOf(key: AnswerKey, frame: string): Promise<Listing['kind'] | undefined> {
    return (await this.#warm.listing(key, frame))?.kind;
  }

  /** Every partition that holds something. Rejects when the warm tier is away. */
  partitions(): Promise<readonly string[]> {
    return this.#warm.partitions();
  }

  async #item(frame: Frame, { key, kind, bornAt, expiresAt, details }: Listing): Promise<CatalogueItem> {
    const opened = await this.#vault.openDetails(key, details);
    return {
      ...{ key, frame: frame.id, kind, bornAt, expiresAt },
      question: (opened && decodeDetails(opened)?.text) ?? '',
      vendorType: frame.vendorType,
      model: frame.model,
      weddingDate: frame.weddingDate ?? null,
      alias: kind === 'alias' ? await this.#aliasAt(key) : null,
    };
  }

  async #aliasAt(key: AnswerKey): Promise<CatalogueItem['alias']> {
    const sealed = await this.#warm.get(key);
    const record = sealed && (await this.#vault.openRecord(key, sealed));
    const stored = record && decodeRecord(record);
    return stored instanceof Alias ? { target: stored.target, provenance: stored.provenance } : null;
  }
}
