import assert from 'node:assert/strict';
import { MemoryWarmTier } from '../../../../services/cache-engine/src/adapters/memory/memory-warm-tier.ts';
import { TestClock, warmTierWith } from '../support/doubles.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { expectStatus, queryOf, sourceOf, type ProblemBody } from './api.ts';

describe('rescheduling a wedding over HTTP', () => {
  let engine: TestEngine;
  let key: string;
  beforeEach(async () => {
    engine = await startEngine();
    key = await engine.keyFor('smith');
  });
  afterEach(() => engine.close());

  const reschedule = (weddingId: string, date: unknown, status = 200) =>
    expectStatus<object>(engine, status, 'POST', `/v1/weddings/${weddingId}:reschedule`, { date }, key);

  it('drops what was answered for the old date, and nothing of other weddings', async () => {
    const moved = queryOf('smith', 'When do we start?');
    const stays = queryOf('smith', 'When do we start?', { weddingId: 'w2' });
    for (const body of [moved, stays]) await sourceOf(engine, key, body);
    assert.deepEqual(await reschedule('w1', '2026-09-05'), { recomputed: 0, dropped: 1 });
    assert.deepEqual([await sourceOf(engine, key, moved), await sourceOf(engine, key, stays)], ['miss', 'hot']);
  });

  it('tells of what was asked without a date that its lifetime was computed anew', async () => {
    const chat = { model: 'm', messages: [{ role: 'user', content: 'Who is first?' }], metadata: { weddingId: 'w1' } };
    await expectStatus(engine, 200, 'POST', '/v1/chat/completions', chat, key);
    assert.deepEqual(await reschedule('w1', '2026-05-20'), { recomputed: 1, dropped: 0 });
  });

  for (const id of ['a/b', 'a:b', 'a:reschedule', 'Zoë & Ümit', '100%', 'a?b#c', '..', 'w\u00A0x', ':']) {
    it(`takes every printable id, such as ${JSON.stringify(id)}`, async () => {
      await sourceOf(engine, key, queryOf('smith', 'Where?', { weddingId: id }));
      const path = encodeURIComponent(id).replace(/^\.\.$/, '%2E%2E');
      assert.deepEqual(await reschedule(path, '2026-09-05'), { recomputed: 0, dropped: 1 });
    });
  }

  it('of another vendor does not exist: its answers stay', async () => {
    await sourceOf(engine, key, queryOf('smith', 'When?'));
    const other = await engine.keyFor('jones');
    const path = '/v1/weddings/w1:reschedule';
    const answer = await expectStatus(engine, 200, 'POST', path, { date: '2026-09-05' }, other);
    assert.deepEqual(answer, { recomputed: 0, dropped: 0 });
    assert.equal(await sourceOf(engine, key, queryOf('smith', 'When?')), 'hot');
  });

  for (const date of [
    '1026-06-14',
    '2026-02-30',
    '05/09/2026',
    '1447-03-01',
    'B.E. 2569-09-05',
    '2026-09-05T00:00',
    7,
    null,
  ]) {
    it(`is refused for the date ${JSON.stringify(date)}`, async () => {
      const { errors } = (await reschedule('w1', date, 400)) as ProblemBody;
      assert.equal(errors?.[0]?.pointer, '#/date');
      assert.match(errors?.[0]?.detail ?? '', /YYYY-MM-DD, from 2000 to 2099/);
    });
  }

  it('is refused for an id with a line break or a direction mark in it', async () => {
    for (const id of ['w%0A1', 'w%E2%80%AE1'])
      assert.equal(((await reschedule(id, '2026-09-05', 400)) as ProblemBody).errors?.[0]?.pointer, '#/weddingId');
  });

  it('is 405 for other methods, and 404 without an id or the verb', async () => {
    const response = await engine.call('GET', '/v1/weddings/w1:reschedule', undefined, key);
    assert.deepEqual([response.status, response.headers.get('allow')], [405, 'POST']);
    for (const path of [
      '/v1/weddings/:reschedule',
      '/v1/weddings/w1',
      '/v1/weddings/w1:cancel',
      '/v1/weddings/a/b:reschedule',
    ])
      assert.equal((await engine.call('POST', path, { date: '2026-09-05' }, key)).status, 404);
  });
});

describe('rescheduling while the warm tier is away', () => {
  it('is 503: what is left of it is not known', async () => {
    const clock = new TestClock('2026-05-01T10:00:00Z');
    const frames = () => Promise.reject(new Error('away'));
    const engine = await startEngine({ clock, warm: warmTierWith(new MemoryWarmTier(clock), { frames }) });
    const key = await engine.keyFor('smith');
    const response = await engine.call('POST', '/v1/weddings/w1:reschedule', { date: '2026-09-05' }, key);
    assert.deepEqual([response.status, response.headers.get('retry-after')], [503, '2']);
    await engine.close();
  });
});
