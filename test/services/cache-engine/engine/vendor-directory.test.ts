import assert from 'node:assert/strict';
import { MemoryVendorKeys } from '../../../../services/cache-engine/src/adapters/memory/memory-vendor-keys.ts';
import { hashApiKey, newApiKey } from '../../../../services/cache-engine/src/engine/api-key.ts';
import { VendorDirectory } from '../../../../services/cache-engine/src/engine/vendor-directory.ts';
import type { VendorKeyRecord } from '../../../../services/cache-engine/src/ports/vendor-keys.ts';
import { TestClock } from '../support/doubles.ts';

class CountingKeys extends MemoryVendorKeys {
  lookups = 0;
  away = false;

  override async find(hash: string): Promise<VendorKeyRecord | undefined> {
    this.lookups++;
    if (this.away) throw new Error('The store is away.');
    return super.find(hash);
  }
}

describe('the vendor directory', () => {
  let clock: TestClock;
  let keys: CountingKeys;
  let directory: VendorDirectory;
  const apiKey = newApiKey();
  const record = {
    keyId: 'key_1',
    hash: hashApiKey(apiKey),
    vendorId: 'smith',
    vendorType: 'dj',
    label: '',
    createdAt: 0,
  } as const;

  beforeEach(async () => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    keys = new CountingKeys();
    await keys.add(record);
    directory = new VendorDirectory(keys, clock);
  });

  it('knows a vendor by its key, and asks the store once a minute', async () => {
    const vendor = await directory.identify(apiKey);
    assert.deepEqual([vendor?.id, vendor?.type], ['smith', 'dj']);
    clock.pass(59);
    assert.equal(directory.identify(apiKey), vendor, 'known at once');
    clock.pass(1);
    await directory.identify(apiKey);
    assert.equal(keys.lookups, 2);
  });

  it('refuses a revoked key within a minute', async () => {
    await directory.identify(apiKey);
    await keys.revoke('key_1');
    clock.pass(60);
    assert.equal(await directory.identify(apiKey), undefined);
  });

  it('asks again after five seconds for a key that was unknown', async () => {
    const later = newApiKey();
    assert.equal(await directory.identify(later), undefined);
    await keys.add({ ...record, keyId: 'key_2', hash: hashApiKey(later) });
    clock.pass(4.9);
    assert.equal(directory.identify(later), undefined);
    clock.pass(0.1);
    assert.equal((await directory.identify(later))?.id, 'smith');
  });

  it('asks once for all who come with the same key at once', async () => {
    await Promise.all(Array.from({ length: 50 }, async () => directory.identify(apiKey)));
    assert.equal(keys.lookups, 1);
  });

  it('goes on with the vendors it knows while the store is away, and cannot tell about others', async () => {
    await directory.identify(apiKey);
    keys.away = true;
    clock.pass(3600);
    assert.equal((await directory.identify(apiKey))?.id, 'smith');
    const asked = keys.lookups;
    assert.ok(directory.identify(apiKey), 'without asking the store each time');
    assert.equal(keys.lookups, asked);
    await assert.rejects(async () => directory.identify(newApiKey()), /away/);
  });
});
