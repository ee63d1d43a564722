import { randomBytes } from 'node:crypto';
import { FileKeyEncryption } from '../../../../services/cache-engine/src/adapters/key-encryption/file-key-encryption.ts';
import {
  MemoryChangeFeed,
  MemoryFeedHub,
} from '../../../../services/cache-engine/src/adapters/memory/memory-change-feed.ts';
import { MemoryDataKeys } from '../../../../services/cache-engine/src/adapters/memory/memory-data-keys.ts';
import { MemoryLedger } from '../../../../services/cache-engine/src/adapters/memory/memory-ledger.ts';
import { MemorySettings } from '../../../../services/cache-engine/src/adapters/memory/memory-settings.ts';
import { MemorySightings } from '../../../../services/cache-engine/src/adapters/memory/memory-sightings.ts';
import { MemoryVendorKeys } from '../../../../services/cache-engine/src/adapters/memory/memory-vendor-keys.ts';
import { MemoryWarmTier } from '../../../../services/cache-engine/src/adapters/memory/memory-warm-tier.ts';
import { MemoryWeddings } from '../../../../services/cache-engine/src/adapters/memory/memory-weddings.ts';
import { composeEngine, type Adapters, type Engine } from '../../../../services/cache-engine/src/compose.ts';
import { TestClock, TestOrigin } from './doubles.ts';
import { completion } from './questions.ts';

export const ADMIN_TOKEN = 'the-administration-token';

/** What several engines of a test region share: everything but their memories. */
export interface TestRegion {
  readonly adapters: Omit<Adapters, 'feed'>;
  readonly hub: MemoryFeedHub;
}

/** A region in memory, with what the test changes. Nothing is drawn by chance: every draw is the middle of its range. */
export function testRegion(changes: Partial<Omit<Adapters, 'feed'>> = {}): TestRegion {
  const clock = changes.clock ?? new TestClock('2026-05-01T10:00:00Z');
  const adapters = {
    warm: new MemoryWarmTier(clock),
    vendorKeys: new MemoryVendorKeys(),
    dataKeys: new MemoryDataKeys(),
    keyEncryption: testKeyEncryption(),
    sightings: new MemorySightings(),
    ledger: new MemoryLedger(),
    weddings: new MemoryWeddings(),
    settings: new MemorySettings(),
    origin: new TestOrigin(async () => completion('At 21:20.')),
    random: () => 0.5,
    ...changes,
    clock,
  };
  return { adapters, hub: new MemoryFeedHub() };
}

/** One engine of a region. */
export function testEngine({ adapters, hub }: TestRegion, changes: Partial<Adapters> = {}): Engine {
  const feed = new MemoryChangeFeed(hub);
  return composeEngine(
    { ...adapters, feed, ...changes },
    { zone: 'Europe/London', hotBytes: 1 << 24, adminToken: ADMIN_TOKEN },
  );
}

/** A key-encryption key of this run. */
export function testKeyEncryption(): FileKeyEncryption {
  return FileKeyEncryption.parse(`test ${randomBytes(32).toString('base64')}`, 'test');
}
