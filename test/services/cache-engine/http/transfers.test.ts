import assert from 'node:assert/strict';
import { request } from 'node:http';
import { MemoryWarmTier } from '../../../../services/cache-engine/src/adapters/memory/memory-warm-tier.ts';
import { partitionOf } from '../../../../services/cache-engine/src/engine/answer-key.ts';
import { testRegion } from '../support/compose.ts';
import { TestClock, warmTierWith } from '../support/doubles.ts';
import { ADMIN_TOKEN, startEngine, type TestEngine } from '../support/engine.ts';
import { queryOf, sourceOf, type ProblemBody } from './api.ts';

const NDJSON = 'application/x-ndjson';

const question = (guest: number) => queryOf('smith', `Which table is for guest ${guest}?`, { model: 'a-model' });

interface Report {
  readonly stored: number;
  readonly expired: number;
  readonly refused: number;
  readonly refusals: readonly { readonly line: number; readonly reason: string }[];
}

describe('export and import over HTTP', () => {
  let clock: TestClock;
  let engine: TestEngine;
  let other: TestEngine;
  let key: string;
  beforeEach(async () => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    engine = await startEngine({ clock });
    other = await startEngine({ region: testRegion({ clock }), clock });
    key = await engine.keyFor('smith');
  });
  afterEach(() => Promise.all([engine.close(), other.close()]));

  async function exported(count: number): Promise<string> {
    for (let one = 0; one < count; one++) await sourceOf(engine, key, question(one));
    const response = await engine.call('GET', '/v1/admin/export?vendorId=smith');
    assert.match(response.headers.get('content-type') ?? '', /^application\/x-ndjson/);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    return response.text();
  }

  async function send(body: string | Buffer, vendorId = 'smith', to = other): Promise<Response> {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': NDJSON };
    return fetch(`${to.url}/v1/admin/import?vendorId=${vendorId}`, { method: 'POST', headers, body });
  }

  const report = async (body: string | Buffer, vendorId?: string) =>
    (await (await send(body, vendorId)).json()) as Report;

  it('carry a vendor’s answers to another region, where the next asker gets them at once', async () => {
    const lines = await exported(40);
    assert.equal(lines.split('\n').length, 41);
    assert.deepEqual(await report(lines), { stored: 40, expired: 0, refused: 0, refusals: [] });
    const theirs = await other.keyFor('smith');
    assert.equal(await sourceOf(other, theirs, question(7)), 'warm');
    assert.deepEqual(await report(lines), { stored: 40, expired: 0, refused: 0, refusals: [] });
  });

  it('give an empty file for a vendor without answers', async () => {
    assert.equal(await exported(0), '');
    assert.deepEqual(await report(''), { stored: 0, expired: 0, refused: 0, refusals: [] });
  });

  it('take in what is right, and name the lines that are not with the reason', async () => {
    const [line = ''] = (await exported(1)).split('\n');
    const parcel = JSON.parse(line) as { record: string; key: string; frame: object };
    const head = Buffer.from(parcel.record, 'base64').toString();
    const forged = (record: string) => JSON.stringify({ ...parcel, record: Buffer.from(record).toString('base64') });
    const body = [
      ...['', '{"cut', 'null', '[]', '{}', line],
      JSON.stringify({ ...parcel, more: 1 }),
      JSON.stringify({ ...parcel, frame: { ...parcel.frame, id: '../x' } }),
      JSON.stringify({ ...parcel, key: `${partitionOf('jones')}:${parcel.key.split(':')[1]}` }),
      ...['3{"cut', '3{}\n{}', '3{"kind":"answer"}\n{}', head.replace(/\n[^]*/, '\n{"not":"an answer"}')].map(forged),
      forged(head.replace(/"goneAt":\d+/, '"goneAt":"never"')),
      `"${'x'.repeat(5_000_000)}"`,
      line,
    ].join('\r\n');
    const { stored, refused, refusals } = await report(body);
    assert.deepEqual([stored, refused], [2, 13]);
    assert.deepEqual(
      refusals.map(({ line, reason }) => [line, reason]),
      [
        [2, 'not JSON'],
        ...[3, 4, 5, 7, 8].map((number) => [number, 'not a line of an export']),
        [9, 'another vendor’s'],
        ...[10, 11, 12, 13, 14].map((number) => [number, 'not an answer']),
        [15, 'too long'],
      ],
    );
  });

  it('name the first 20 refused lines, and count all', async () => {
    const { refused, refusals } = await report('x\n'.repeat(1000));
    assert.deepEqual([refused, refusals.length, refusals.at(-1)?.line], [1000, 20, 20]);
  });

  it('leave out what is over', async () => {
    const lines = await exported(2);
    clock.pass(90 * 24 * 3600);
    assert.deepEqual(await report(lines), { stored: 0, expired: 2, refused: 0, refusals: [] });
  });

  it('take no answers of one vendor for another', async () => {
    const { stored, refused } = await report(await exported(3), 'jones');
    assert.deepEqual([stored, refused], [0, 3]);
  });

  it('are 415 for JSON, 401 for vendors, 400 without a vendor', async () => {
    assert.equal((await engine.call('POST', '/v1/admin/import?vendorId=smith', {})).status, 415);
    for (const [method, path] of [
      ['GET', 'export'],
      ['POST', 'import'],
    ] as const) {
      assert.equal((await engine.call(method, `/v1/admin/${path}?vendorId=smith`, undefined, key)).status, 401);
      assert.equal((await engine.call(method, `/v1/admin/${path}`)).status, 400);
    }
  });

  it('say how far an import came when the cache goes away, or the body breaks off', async () => {
    const lines = await exported(40);
    const tier = new MemoryWarmTier(clock);
    let puts = 0;
    const put: MemoryWarmTier['put'] = (...args) =>
      ++puts > 20 ? Promise.reject(new Error('away')) : tier.put(...args);
    const brittle = await startEngine({ clock, warm: warmTierWith(tier, { put }) });
    const response = await send(lines, 'smith', brittle);
    const { detail } = (await response.json()) as ProblemBody;
    assert.equal(response.status, 503);
    assert.match(detail, /20 are stored, and every line up to 16 is dealt with; send the rest again/);
    await brittle.close();

    const cut = request(`${other.url}/v1/admin/import?vendorId=smith`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': NDJSON, 'content-length': lines.length },
    });
    cut.on('error', () => {});
    cut.write(lines.slice(0, lines.length / 2));
    await new Promise<void>((resolve) => {
      cut.once('close', resolve);
      setTimeout(() => cut.destroy(), 50);
    });
    assert.equal((await fetch(`${other.url}/healthz`)).status, 200);
  });

  it('are 503 before anything is sent when the cache is away', async () => {
    const frames = () => Promise.reject(new Error('away'));
    const away = await startEngine({ clock, warm: warmTierWith(new MemoryWarmTier(clock), { frames }) });
    assert.equal((await away.call('GET', '/v1/admin/export?vendorId=smith')).status, 503);
    await away.close();
  });

  it('break off rather than end when an export cannot be finished', async () => {
    await exported(3);
    const { transfer } = engine.engine.services;
    const whole = transfer.export.bind(transfer);
    transfer.export = async function* (partition) {
      for await (const parcel of whole(partition)) {
        yield parcel;
        throw new Error('away');
      }
    };
    const response = await engine.call('GET', '/v1/admin/export?vendorId=smith');
    await assert.rejects(response.text());
  });
});
