/** An engine in memory as a process of its own, for the fuzzer: tells where it is in one line of JSON, and ends with its parent. */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { WorkerEmbedder } from '../../../services/cache-engine/src/adapters/embedding/worker-embedder.ts';
import { MemoryVendorKeys } from '../../../services/cache-engine/src/adapters/memory/memory-vendor-keys.ts';
import { PartitionedIndex } from '../../../services/cache-engine/src/adapters/vectors/partitioned-index.ts';
import { TieredVectors } from '../../../services/cache-engine/src/adapters/vectors/tiered-vectors.ts';
import { hashApiKey, newApiKey, newKeyId } from '../../../services/cache-engine/src/engine/api-key.ts';
import type { VendorKeyRecord } from '../../../services/cache-engine/src/ports/vendor-keys.ts';
import type { FuzzTarget } from './target.ts';
import { memoryEngine } from './memory-engine.ts';

const VENDOR = 'fuzzed-vendor';

/** Keys among which the fuzzer does not find its own: it would revoke it, and be refused from then on. */
class OtherKeys extends MemoryVendorKeys {
  override async list(vendorId?: string): Promise<readonly VendorKeyRecord[]> {
    return (await super.list(vendorId)).filter((record) => record.vendorId !== VENDOR);
  }
}

const adminToken = randomBytes(24).toString('base64url');
const vendorKey = newApiKey();
const vendorKeys = new OtherKeys();
await vendorKeys.add({
  ...{ keyId: newKeyId(), hash: hashApiKey(vendorKey), vendorId: VENDOR, vendorType: 'photographer' },
  ...{ label: '', createdAt: Date.now() },
});
const embedder = new WorkerEmbedder();
await embedder.start();
const index = new PartitionedIndex(embedder.dimensions, (dimensions) => new TieredVectors(dimensions));
const logger = pino({ level: 'error' }, pino.destination(2));
const { app, engine } = await memoryEngine({ adminToken, vendorKeys, semantic: { embedder, index }, logger });
await app.listen({ host: '127.0.0.1', port: 0 });
engine.services.readiness.started();

const { port } = app.server.address() as AddressInfo;
const target: FuzzTarget = { url: `http://127.0.0.1:${port}`, vendorId: VENDOR, vendorKey, adminToken };
process.stdout.write(`${JSON.stringify(target)}\n`);
// The parent's end of the pipe closes with the parent, however that ends.
process.stdin.resume().once('end', () => process.exit(0));
