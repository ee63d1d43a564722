import type { AddressInfo } from 'node:net';
import OpenAI from 'openai';
import { pino } from 'pino';
import { PlanningAssistant } from '../../../../services/cache-engine/src/adapters/planning-assistant/planning-assistant.ts';
import type { Adapters } from '../../../../services/cache-engine/src/compose.ts';
import { buildServer } from '../../../../services/cache-engine/src/http/server.ts';
import type { Certificate } from '@wedsync/service-kit/tls';
import { ADMIN_TOKEN, testEngine, testRegion, type TestRegion } from './compose.ts';
import { TestClock } from './doubles.ts';

export { ADMIN_TOKEN };

/** What a test sets; the rest is in memory, with the built-in assistant as origin. */
export interface EngineWishes extends Partial<Adapters> {
  /** The region that the engine belongs to, with other engines maybe. */
  readonly region?: TestRegion;
  readonly certificate?: Certificate;
}

export type TestEngine = Awaited<ReturnType<typeof startEngine>>;

/** The engine's HTTP server with all that is behind it, listening on loopback. */
export async function startEngine(wishes: EngineWishes = {}) {
  const { certificate, region: given, ...changes } = wishes;
  const clock = changes.clock ?? new TestClock('2026-05-01T10:00:00Z');
  const origin = changes.origin ?? new PlanningAssistant(clock, 'Europe/London');
  const region = given ?? testRegion({ ...changes, clock, origin });
  const engine = testEngine(region, changes);
  const { services } = engine;
  const { readiness } = services;
  const app = await buildServer(services, { logger: pino({ level: 'silent' }), certificate });
  await app.listen({ host: '127.0.0.1', port: 0 });
  readiness.started();
  const scheme = certificate === undefined ? 'http' : 'https';
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
    engine,
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
