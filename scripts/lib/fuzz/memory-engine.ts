import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { pino, type Logger } from 'pino';
import { systemClock } from '@wedsync/domain';
import { FileKeyEncryption } from '../../../services/cache-engine/src/adapters/key-encryption/file-key-encryption.ts';
import {
  MemoryChangeFeed,
  MemoryFeedHub,
} from '../../../services/cache-engine/src/adapters/memory/memory-change-feed.ts';
import { MemoryDataKeys } from '../../../services/cache-engine/src/adapters/memory/memory-data-keys.ts';
import { MemoryLedger } from '../../../services/cache-engine/src/adapters/memory/memory-ledger.ts';
import { MemorySettings } from '../../../services/cache-engine/src/adapters/memory/memory-settings.ts';
import { MemorySightings } from '../../../services/cache-engine/src/adapters/memory/memory-sightings.ts';
import { MemoryVendorKeys } from '../../../services/cache-engine/src/adapters/memory/memory-vendor-keys.ts';
import { MemoryWarmTier } from '../../../services/cache-engine/src/adapters/memory/memory-warm-tier.ts';
import { MemoryWeddings } from '../../../services/cache-engine/src/adapters/memory/memory-weddings.ts';
import { PlanningAssistant } from '../../../services/cache-engine/src/adapters/planning-assistant/planning-assistant.ts';
import { composeEngine, type Adapters, type Engine } from '../../../services/cache-engine/src/compose.ts';
import { buildServer } from '../../../services/cache-engine/src/http/server.ts';
import type { VendorKeys } from '../../../services/cache-engine/src/ports/vendor-keys.ts';

const ZONE = 'Europe/London';
const HOT_BYTES = 64 * 1024 * 1024;

/** What an engine in memory is given. */
export interface MemoryEngineOptions {
  readonly adminToken: string;
  /** Default: none yet. */
  readonly vendorKeys?: VendorKeys;
  /** Without one there are hits by key only. */
  readonly semantic?: Adapters['semantic'];
  /** Default: nothing is logged. */
  readonly logger?: Logger;
}

/** The whole engine with its server, not yet listening: every adapter in memory, the built-in assistant as origin. */
export async function memoryEngine({
  adminToken,
  semantic,
  vendorKeys = new MemoryVendorKeys(),
  logger = pino({ level: 'silent' }),
}: MemoryEngineOptions): Promise<{ readonly app: FastifyInstance; readonly engine: Engine }> {
  const clock = systemClock;
  const engine = composeEngine(
    {
      ...{ clock, semantic, vendorKeys, random: Math.random },
      warm: new MemoryWarmTier(clock),
      feed: new MemoryChangeFeed(new MemoryFeedHub()),
      dataKeys: new MemoryDataKeys(),
      keyEncryption: FileKeyEncryption.parse(`memory ${randomBytes(32).toString('base64')}`, 'memory'),
      sightings: new MemorySightings(),
      ledger: new MemoryLedger(),
      weddings: new MemoryWeddings(),
      settings: new MemorySettings(),
      origin: new PlanningAssistant(clock, ZONE),
    },
    { zone: ZONE, hotBytes: HOT_BYTES, adminToken },
  );
  return { app: await buildServer(engine.services, { logger }), engine };
}
