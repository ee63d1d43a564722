import type { AddressInfo } from 'node:net';
import OpenAI from 'openai';
import { pino } from 'pino';
import type { Clock } from '@wedsync/domain';
import { MemoryVendorKeys } from '../../../../services/cache-engine/src/adapters/memory/memory-vendor-keys.ts';
import { MemoryWarmTier } from '../../../../services/cache-engine/src/adapters/memory/memory-warm-tier.ts';
import { PlanningAssistant } from '../../../../services/cache-engine/src/adapters/planning-assistant/planning-assistant.ts';
import { Answering } from '../../../../services/cache-engine/src/engine/answering.ts';
import { HotTier } from '../../../../services/cache-engine/src/engine/hot-tier.ts';
import { VendorDirectory } from '../../../../services/cache-engine/src/engine/vendor-directory.ts';
import { Metrics } from '../../../../services/cache-engine/src/http/metrics.ts';
import { Readiness } from '../../../../services/cache-engine/src/http/readiness.ts';
import { buildServer } from '../../../../services/cache-engine/src/http/server.ts';
import type { Certificate } from '../../../../services/cache-engine/src/http/tls.ts';
import type { Origin } from '../../../../services/cache-engine/src/ports/origin.ts';
import type { VendorKeys } from '../../../../services/cache-engine/src/ports/vendor-keys.ts';
import type { WarmTier } from '../../../../services/cache-engine/src/ports/warm-tier.ts';
import { TestClock } from './doubles.ts';

/** What a test sets; the rest is in memory, with the built-in assistant as origin. */
export interface EngineWishes {
  readonly clock?: Clock;
  readonly warm?: WarmTier;
  readonly keys?: VendorKeys;
  readonly origin?: Origin;
  readonly certificate?: Certificate;
}

export const ADMIN_TOKEN = 'the-administration-token';

export type TestEngine = Awaited<ReturnType<typeof startEngine>>;

/** The engine's HTTP server with all that is behind it, listening on loopback. */
export async function startEngine(wishes: EngineWishes = {}) {
  const clock = wishes.clock ?? new TestClock('2026-05-01T10:00:00Z');
  const hot = new HotTier(1 << 24, clock);
  const warm = wishes.warm ?? new MemoryWarmTier(clock);
  const keys = wishes.keys ?? new MemoryVendorKeys();
  const origin = wishes.origin ?? new PlanningAssistant(clock, 'Europe/London');
  const metrics = new Metrics({ hotBytes: () => hot.bytes, warmUp: () => warm.up });
  const readiness = new Readiness();
  const directory = new VendorDirectory(keys, clock);
  const answering = new Answering({ hot, warm, origin, clock, zone: 'Europe/London', observer: metrics });
  const services = { answering, origin, clock, directory, keys, metrics, readiness, adminToken: ADMIN_TOKEN };
  const app = await buildServer(services, { logger: pino({ level: 'silent' }), certificate: wishes.certificate });
  await app.listen({ host: '127.0.0.1', port: 0 });
  readiness.started();
  const scheme = wishes.certificate === undefined ? 'http' : 'https';
  const url = `${scheme}://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

  async function call(method: string, path: string, body?: unknown, token = ADMIN_TOKEN): Promise<Response> {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return fetch(url + path, { method, headers, ...(body === undefined ? {} : { body: text }) });
  }

  return {
    app,
    url,
    readiness,
    /** Calls the API; with the administration token unless told otherwise. */
    call,
    /** Makes an API key for a vendor. */
    async keyFor(vendorId: string, vendorType = 'photographer'): Promise<string> {
      const response = await call('POST', '/v1/admin/keys', { vendorId, vendorType });
      return ((await response.json()) as { key: string }).key;
    },
    /** The official client, as a vendor's program has it. */
    client: (apiKey: string) => new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 }),
    /** The value of a line in the metrics; 0 when there is none. */
    async metric(line: string): Promise<number> {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(
        text
          .split('\n')
          .find((one) => one.startsWith(`${line} `))
          ?.split(' ')
          .at(-1) ?? 0,
      );
    },
    close: () => app.close(),
  };
}
