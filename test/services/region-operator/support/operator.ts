import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Clock } from '@wedsync/domain';
import { MemoryEngine } from '../../../../services/region-operator/src/adapters/memory-engine.ts';
import { MemoryMetrics } from '../../../../services/region-operator/src/adapters/memory-metrics.ts';
import { composeOperator } from '../../../../services/region-operator/src/compose.ts';
import { hashOfToken } from '../../../../services/region-operator/src/contract.ts';
import { buildServer } from '../../../../services/region-operator/src/http/server.ts';
import type { Certificate } from '@wedsync/service-kit/tls';
import type { Engine } from '../../../../services/region-operator/src/ports/engine.ts';
import type { Metrics } from '../../../../services/region-operator/src/ports/metrics.ts';
import { Accounts } from '../../../../services/region-operator/src/sign-in/accounts.ts';
import { API, CONSOLE_HEADER, type Role, ROLES } from '../../../../services/region-operator/src/wire.ts';
import { TestClock } from '../../cache-engine/support/doubles.ts';

/** What a test sets; the rest is in memory. */
export interface OperatorWishes {
  readonly metrics?: Metrics;
  readonly engine?: Engine;
  readonly clock?: Clock;
  readonly certificate?: Certificate;
  /** The console as it was built. @default a page that says nothing */
  readonly consoleDirectory?: string;
  readonly pollEvery?: number;
  readonly heartbeat?: number;
  readonly accounts?: () => Accounts;
}

export type TestOperator = Awaited<ReturnType<typeof startOperator>>;

/** The secret of the account that is named after each role. */
export const secretOf = (role: Role): string => `the secret of the ${role}`;

export const ACCOUNTS = Accounts.parse(
  ROLES.map((role) => `${role} ${role} ${hashOfToken(secretOf(role))}`).join('\n'),
  'accounts',
);

/** The operator's HTTP server with all that is behind it, listening on loopback. */
export async function startOperator(wishes: OperatorWishes = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'region-operator-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Console</title>');
  const metrics = wishes.metrics ?? new MemoryMetrics();
  const engine = wishes.engine ?? new MemoryEngine();
  const clock = wishes.clock ?? new TestClock('2026-08-12T10:00:00Z');
  const services = composeOperator({
    ...{ region: 'uk-south', metrics, engine, clock, pollEvery: wishes.pollEvery ?? 60_000 },
    heartbeat: wishes.heartbeat,
    freezePlan: { busyDays: new Map([['2026-08-14', 2.4]]) },
    accounts: wishes.accounts ?? (() => ACCOUNTS),
    sessionKey: 'k'.repeat(48),
    consoleDirectory: wishes.consoleDirectory ?? folder,
  });
  const app = await buildServer(services, { logger: pino({ level: 'silent' }), certificate: wishes.certificate });
  await app.listen({ host: '127.0.0.1', port: 0 });
  services.readiness.started();
  services.poller.start();
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    return fetch(url + path, { method, headers: { [CONSOLE_HEADER]: '1', ...json, ...headers }, ...text });
  }

  return {
    ...{ app, url, services, call },
    /** The cookie of somebody with this role. */
    async signIn(role: Role): Promise<string> {
      const response = await call('POST', API.session, { name: role, secret: secretOf(role) });
      return (response.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
    },
    /** Calls the API as somebody with this role. */
    async as(role: Role, method: string, path: string, body?: unknown): Promise<Response> {
      return call(method, path, body, { cookie: await this.signIn(role) });
    },
    async close(): Promise<void> {
      await app.close();
      await services.poller.stop();
      if (existsSync(folder)) rmSync(folder, { recursive: true });
    },
  };
}
