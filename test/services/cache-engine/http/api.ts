import assert from 'node:assert/strict';
import type { TestEngine } from '../support/engine.ts';

/** A problem as the API sends it. */
export interface ProblemBody {
  readonly type: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  readonly error: { readonly message: string; readonly param: string | null };
}

/** Calls the API and expects this status; the body, parsed. */
export async function expectStatus<Body>(
  engine: TestEngine,
  status: number,
  method: string,
  path: string,
  body?: unknown,
  token?: string,
): Promise<Body> {
  const response = await engine.call(method, path, body, token);
  const text = await response.text();
  assert.equal(response.status, status, text);
  return (text === '' ? undefined : JSON.parse(text)) as Body;
}

/** A question of a vendor on a wedding, with `changes`. */
export function queryOf(vendorId: string, question: string, changes: object = {}) {
  return { vendorId, vendorType: 'photographer', weddingId: 'w1', weddingDate: '2026-08-15', question, ...changes };
}

/** Asks, and tells where the answer came from. */
export async function sourceOf(engine: TestEngine, key: string, body: object): Promise<string> {
  const { source } = await expectStatus<{ source: string }>(engine, 200, 'POST', '/v1/queries', body, key);
  return source;
}
