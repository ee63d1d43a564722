import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@wedsync/domain';
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
import type { CacheUnderTest, Part, Served, Setup } from './cache-under-test.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { play } from './play.ts';
import { datesOf, type Vendor } from './population.ts';
import { seededRandom } from './random.ts';
import { SeasonOrigin } from './season-origin.ts';
import type { Parameters } from './settings.ts';
import { type Ask, type Invalidate, type Reschedule, type SeasonEvent, ZONE } from './trace.ts';
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
 * The real engine with its adapters in memory, in virtual time: one process, or several in turn that share all that a region shares. Its
 * judge knows the truth, and errs as often as it is set to; its origin takes no time, so nothing is refreshed before it is stale.
 */
export class EngineCache implements CacheUnderTest {
  readonly #engines: readonly Engine[];
  readonly #shared: SharedByEngines;
  readonly #vendors: number;
  readonly #staleIsFine: boolean;
  /** Answers that somebody has been given as their own miss; who is given one after that, has joined. */
  readonly #given = new WeakSet<Entry>();
  #turn = 0;

  private constructor(engines: readonly Engine[], shared: SharedByEngines, vendors: number, staleIsFine: boolean) {
    this.#engines = engines;
    this.#shared = shared;
    this.#vendors = vendors;
    this.#staleIsFine = staleIsFine;
  }

  /** Engines that hold nothing, or what was exported of the season before. */
  static async open(options: EngineCacheOptions, { off = [], processes = 1, after }: Setup): Promise<EngineCache> {
    const { parameters } = options;
    const shared = sharedByEngines(options);
    const engines: Engine[] = [];
    // Without what they share, each engine has only itself.
    const own = off.includes('warm')
      ? () => storesOf(shared.clock)
      : (
          (stores) => () =>
            stores
        )(storesOf(shared.clock));
    for (let process = 0; process < processes; process++) engines.push(engineOf(options, shared, own(), off));
    await engines[0]?.services.settings.change({
      semantic: !off.includes('semantics'),
      sharing: !off.includes('sharing'),
      sharingVendors: parameters.sharers,
    });
    for (const { services } of engines) await services.settings.refresh();
    const cache = new EngineCache(engines, shared, parameters.vendors, !off.includes('stale-while-revalidate'));
    if (after !== undefined) await cache.#warmUp(options, after);
    return cache;
  }

  get originCalls(): number {
    return this.#shared.origin.calls;
  }

  get judgeCalls(): number {
    return this.#shared.judge.calls;
  }

  advance(now: number): void {
    this.#shared.clock.advance(now);
    // All copies of a burst come to one engine.
    this.#turn = (this.#turn + 1) % this.#engines.length;
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
    for (const { services } of this.#engines)
      for (const vendor of wedding.team)
        await services.rescheduling.reschedule(partitionOfVendor(vendor), `wedding-${wedding.id}`, to);
  }

  async invalidate({ vendor, tag }: Invalidate): Promise<void> {
    for (const { services } of this.#engines)
      await services.invalidation.invalidate(partitionOfVendor(vendor), { by: 'tag', tag });
  }

  async close(): Promise<void> {}

  get #engine(): Engine {
    return this.#engines[this.#turn] as Engine;
  }

  /** Has another cache asked the season before, and takes in what that one exports of each vendor. */
  async #warmUp(options: EngineCacheOptions, before: Iterable<SeasonEvent>): Promise<void> {
    const other = await EngineCache.open(options, {});
    await play(before, other);
    this.#shared.clock.advance(other.#shared.clock.now());
    for (let vendor = 0; vendor < this.#vendors; vendor++) {
      const partition = partitionOf(`vendor-${vendor}`);
      for await (const parcel of other.#engine.services.transfer.export(partition))
        await this.#engine.services.transfer.import(partition, parcel);
    }
  }

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

/** What all engines of a region have in common, whatever they store. */
function sharedByEngines({ parameters, catalogue }: EngineCacheOptions) {
  const clock = new VirtualClock();
  const random = seededRandom(parameters.seed + 2);
  const same = ({ stored, asked }: { stored: string; asked: string }) => catalogue.sameIntent(stored, asked);
  return {
    ...{ clock, random },
    origin: new SeasonOrigin(clock, catalogue),
    judge: new OracleJudge({ same, errorRate: parameters['judge-error'], random }),
    vendorKeys: new MemoryVendorKeys(),
    dataKeys: new MemoryDataKeys(),
    keyEncryption: FileKeyEncryption.parse(`season ${randomBytes(32).toString('base64')}`, 'season'),
    sightings: new MemorySightings(),
    ledger: new MemoryLedger(),
    weddings: new MemoryWeddings(),
    settings: new MemorySettings(),
  };
}

type SharedByEngines = ReturnType<typeof sharedByEngines>;

/** Where engines find each other's answers and hear of each other's changes. */
function storesOf(clock: Clock) {
  return { warm: new MemoryWarmTier(clock), hub: new MemoryFeedHub() };
}

function engineOf(
  { parameters, embedder }: EngineCacheOptions,
  shared: SharedByEngines,
  { warm, hub }: ReturnType<typeof storesOf>,
  off: readonly Part[],
): Engine {
  const index = new PartitionedIndex(embedder.dimensions, (dimensions) => new TieredVectors(dimensions));
  return composeEngine(
    { ...shared, warm, feed: new MemoryChangeFeed(hub), semantic: { embedder, index } },
    { zone: ZONE, hotBytes: off.includes('hot') ? 0 : parameters['hot-mebibytes'] * MEBIBYTE, adminToken: '' },
  );
}

function idOf(vendor: Vendor): string {
  return `vendor-${vendor.id}`;
}

function partitionOfVendor(vendor: Vendor): string {
  return partitionOf(idOf(vendor));
}
