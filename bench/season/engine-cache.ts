import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { FileKeyEncryption } from '../../services/cache-engine/src/adapters/key-encryption/file-key-encryption.ts';
import { MemoryChangeFeed, MemoryFeedHub } from '../../services/cache-engine/src/adapters/memory/memory-change-feed.ts';
import { MemoryDataKeys } from '../../services/cache-engine/src/adapters/memory/memory-data-keys.ts';
import { MemoryLedger } from '../../services/cache-engine/src/adapters/memory/memory-ledger.ts';
import { MemorySettings } from '../../services/cache-engine/src/adapters/memory/memory-settings.ts';
import { MemorySightings } from '../../services/cache-engine/src/adapters/memory/memory-sightings.ts';
import { MemoryVendorKeys } from '../../services/cache-engine/src/adapters/memory/memory-vendor-keys.ts';
import { MemoryWarmTier } from '../../services/cache-engine/src/adapters/memory/memory-warm-tier.ts';
import { MemoryWeddings } from '../../services/cache-engine/src/adapters/memory/memory-weddings.ts';
import { OracleJudge } from '../../services/cache-engine/src/adapters/memory/oracle-judge.ts';
import { PartitionedIndex } from '../../services/cache-engine/src/adapters/vectors/partitioned-index.ts';
import { TieredVectors } from '../../services/cache-engine/src/adapters/vectors/tiered-vectors.ts';
import { composeEngine, type Engine } from '../../services/cache-engine/src/compose.ts';
import { partitionOf } from '../../services/cache-engine/src/engine/answer-key.ts';
import type { Request } from '../../services/cache-engine/src/engine/answering.ts';
import { NO_WISHES } from '../../services/cache-engine/src/engine/controls.ts';
import type { Entry } from '../../services/cache-engine/src/engine/entry.ts';
import { requestOf } from '../../services/cache-engine/src/engine/requesting.ts';
import { questionOfQuery } from '../../services/cache-engine/src/engine/vendor-query.ts';
import type { Embedder } from '../../services/cache-engine/src/ports/embedder.ts';
import type { CacheUnderTest, Part, Served } from './cache-under-test.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { datesOf, type Vendor } from './population.ts';
import { seededRandom } from './random.ts';
import { SeasonOrigin } from './season-origin.ts';
import type { Parameters } from './settings.ts';
import { type Ask, type Invalidate, type Reschedule, ZONE } from './trace.ts';
import { VirtualClock } from './virtual-clock.ts';

const MEBIBYTE = 1024 * 1024;
const MODEL = 'a-model';

/** What a season needs to be played to the engine. */
export interface EngineCacheOptions {
  readonly parameters: Parameters;
  readonly catalogue: Catalogue;
  readonly embedder: Embedder;
}

/**
 * The real engine with its adapters in memory, in virtual time. Its judge knows the truth, and errs as often as it is set to; its origin
 * takes no time, so nothing is refreshed before it is stale.
 */
export class EngineCache implements CacheUnderTest {
  readonly #engine: Engine;
  readonly #clock: VirtualClock;
  readonly #origin: SeasonOrigin;
  readonly #staleIsFine: boolean;
  /** Answers that somebody has been given as their own miss; who is given one after that, has joined. */
  readonly #given = new WeakSet<Entry>();

  private constructor(engine: Engine, clock: VirtualClock, origin: SeasonOrigin, staleIsFine: boolean) {
    this.#engine = engine;
    this.#clock = clock;
    this.#origin = origin;
    this.#staleIsFine = staleIsFine;
  }

  /** An engine that holds nothing, without the parts in `off`. */
  static async open(
    { parameters, catalogue, embedder }: EngineCacheOptions,
    off: ReadonlySet<Part>,
  ): Promise<EngineCache> {
    const clock = new VirtualClock();
    const random = seededRandom(parameters.seed + 2);
    const origin = new SeasonOrigin(clock, catalogue);
    const same = ({ stored, asked }: { stored: string; asked: string }) => catalogue.sameIntent(stored, asked);
    const engine = composeEngine(
      {
        ...{ clock, random, origin },
        judge: new OracleJudge({ same, errorRate: parameters['judge-error'], random }),
        warm: new MemoryWarmTier(clock),
        feed: new MemoryChangeFeed(new MemoryFeedHub()),
        vendorKeys: new MemoryVendorKeys(),
        dataKeys: new MemoryDataKeys(),
        keyEncryption: FileKeyEncryption.parse(`season ${randomBytes(32).toString('base64')}`, 'season'),
        sightings: new MemorySightings(),
        ledger: new MemoryLedger(),
        weddings: new MemoryWeddings(),
        settings: new MemorySettings(),
        semantic: {
          embedder,
          index: new PartitionedIndex(embedder.dimensions, (dimensions) => new TieredVectors(dimensions)),
        },
      },
      { zone: ZONE, hotBytes: parameters['hot-mebibytes'] * MEBIBYTE, adminToken: '' },
    );
    await engine.services.settings.change({
      semantic: !off.has('semantics'),
      sharing: !off.has('sharing'),
      sharingVendors: parameters.sharers,
    });
    return new EngineCache(engine, clock, origin, !off.has('stale-while-revalidate'));
  }

  /** Calls to the origin so far. */
  get originCalls(): number {
    return this.#origin.calls;
  }

  advance(now: number): void {
    this.#clock.advance(now);
  }

  async ask(event: Ask): Promise<Served> {
    const { entry, source, match, stale } = await this.#engine.services.answering.ask(this.#requestOf(event));
    const joined = source === 'miss' && this.#given.has(entry);
    if (source === 'miss') this.#given.add(entry);
    // What goes on behind an answer takes no virtual time, so it is done before the next event.
    if (source !== 'hot' || stale !== undefined) await setImmediate();
    const intent = SeasonOrigin.intentOf(entry.completion);
    return { source: joined ? 'merged' : source, match, stale: stale !== undefined, intent };
  }

  async reschedule({ wedding, to }: Reschedule): Promise<void> {
    const { rescheduling } = this.#engine.services;
    for (const vendor of wedding.team)
      await rescheduling.reschedule(partitionOfVendor(vendor), `wedding-${wedding.id}`, to);
  }

  async invalidate({ vendor, tag }: Invalidate): Promise<void> {
    await this.#engine.services.invalidation.invalidate(partitionOfVendor(vendor), { by: 'tag', tag });
  }

  async close(): Promise<void> {}

  #requestOf({ vendor, wedding, byCouple, intent, text }: Ask): Request {
    const context = {
      vendorId: idOf(vendor),
      vendorType: vendor.type,
      ...(wedding === undefined ? {} : { weddingId: `wedding-${wedding.id}`, ...datesOf(wedding.date) }),
      ...(wedding !== undefined && byCouple ? { coupleId: `couple-${wedding.id}` } : {}),
    };
    const question = questionOfQuery(text, MODEL, context);
    const controls = this.#staleIsFine ? NO_WISHES : { ...NO_WISHES, minFresh: 1 };
    const tags = intent.tag === undefined ? [] : [intent.tag];
    return requestOf(question, partitionOfVendor(vendor), controls, tags).request;
  }
}

function idOf(vendor: Vendor): string {
  return `vendor-${vendor.id}`;
}

function partitionOfVendor(vendor: Vendor): string {
  return partitionOf(idOf(vendor));
}
