import { randomBytes } from 'node:crypto';
import { systemClock, type Clock } from '@wedsync/domain';
import { WorkerEmbedder } from '../../services/cache-engine/src/adapters/embedding/worker-embedder.ts';
import { FileKeyEncryption } from '../../services/cache-engine/src/adapters/key-encryption/file-key-encryption.ts';
import { MemoryChangeFeed, MemoryFeedHub } from '../../services/cache-engine/src/adapters/memory/memory-change-feed.ts';
import { MemoryDataKeys } from '../../services/cache-engine/src/adapters/memory/memory-data-keys.ts';
import { MemoryLedger } from '../../services/cache-engine/src/adapters/memory/memory-ledger.ts';
import { MemorySettings } from '../../services/cache-engine/src/adapters/memory/memory-settings.ts';
import { MemorySightings } from '../../services/cache-engine/src/adapters/memory/memory-sightings.ts';
import { MemoryVendorKeys } from '../../services/cache-engine/src/adapters/memory/memory-vendor-keys.ts';
import { MemoryWarmTier } from '../../services/cache-engine/src/adapters/memory/memory-warm-tier.ts';
import { MemoryWeddings } from '../../services/cache-engine/src/adapters/memory/memory-weddings.ts';
import { PartitionedIndex } from '../../services/cache-engine/src/adapters/vectors/partitioned-index.ts';
import { TieredVectors } from '../../services/cache-engine/src/adapters/vectors/tiered-vectors.ts';
import { composeEngine, type Engine } from '../../services/cache-engine/src/compose.ts';
import type { Answered, Request } from '../../services/cache-engine/src/engine/answering.ts';
import type { Completion } from '../../services/cache-engine/src/engine/completion.ts';
import type { Question } from '../../services/cache-engine/src/engine/question.ts';
import type { Embedder } from '../../services/cache-engine/src/ports/embedder.ts';
import type { Judge } from '../../services/cache-engine/src/ports/judge.ts';
import type { Origin } from '../../services/cache-engine/src/ports/origin.ts';

/** What a bench sets. */
export interface MemoryRegionOptions {
  readonly origin: (question: Question) => Promise<Completion>;
  readonly judge?: Judge | undefined;
  /** Default the machine's. */
  readonly clock?: Clock;
  /** A number from 0 up to 1, evenly drawn; default the machine's. */
  readonly random?: () => number;
  /** Default 64 MiB. */
  readonly hotBytes?: number;
}

/** The real engine in this process, with its adapters in memory and the real embedding model. */
export class MemoryRegion {
  readonly engine: Engine;
  readonly #embedder: WorkerEmbedder;

  private constructor(engine: Engine, embedder: WorkerEmbedder) {
    this.engine = engine;
    this.#embedder = embedder;
  }

  static async open({
    origin,
    judge,
    clock = systemClock,
    random = Math.random,
    hotBytes = 64 * 1024 * 1024,
  }: MemoryRegionOptions): Promise<MemoryRegion> {
    const embedder = new WorkerEmbedder({ queueLimit: 10_000 });
    await embedder.start();
    const engine = composeEngine(
      {
        ...{ clock, random, judge },
        warm: new MemoryWarmTier(clock),
        feed: new MemoryChangeFeed(new MemoryFeedHub()),
        vendorKeys: new MemoryVendorKeys(),
        dataKeys: new MemoryDataKeys(),
        keyEncryption: FileKeyEncryption.parse(`bench ${randomBytes(32).toString('base64')}`, 'bench'),
        sightings: new MemorySightings(),
        ledger: new MemoryLedger(),
        weddings: new MemoryWeddings(),
        settings: new MemorySettings(),
        origin: originOf(origin),
        semantic: {
          embedder,
          index: new PartitionedIndex(embedder.dimensions, (dimensions) => new TieredVectors(dimensions)),
        },
      },
      { zone: 'Europe/London', hotBytes, adminToken: '' },
    );
    return new MemoryRegion(engine, embedder);
  }

  get embedder(): Embedder {
    return this.#embedder;
  }

  /** Answers a request. */
  ask(request: Request): Promise<Answered> {
    return this.engine.services.answering.ask(request);
  }

  /** The keys of the stored questions that are proposed for a request, best first. */
  async candidates(request: Request): Promise<readonly string[]> {
    const { candidates } = await this.engine.services.explaining.explain(request, undefined);
    return candidates.map(({ id }) => id);
  }

  async close(): Promise<void> {
    await this.#embedder.close();
  }
}

function originOf(ask: (question: Question) => Promise<Completion>): Origin {
  const unused = () => Promise.reject(new Error('A bench asks questions only.'));
  return { defaultModel: undefined, ask, forward: unused, forwardEmbeddings: unused, models: async () => [] };
}
