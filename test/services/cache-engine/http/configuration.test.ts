import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS } from '../../../../services/cache-engine/src/engine/settings.ts';
import { testRegion } from '../support/compose.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { expectStatus, type ProblemBody } from './api.ts';

const PATH = '/v1/admin/configuration';

describe('the configuration over HTTP', () => {
  let engine: TestEngine;
  let other: TestEngine;
  beforeEach(async () => {
    const region = testRegion();
    engine = await startEngine({ region });
    other = await startEngine({ region });
  });
  afterEach(() => Promise.all([engine.close(), other.close()]));

  it('is what holds until it is changed; a change holds on every engine, and what it leaves out stays', async () => {
    assert.deepEqual(await expectStatus(engine, 200, 'GET', PATH), DEFAULT_SETTINGS);
    const changes = { judging: 'in-background', sampleRate: 1, sharingVendors: 2 };
    const changed = { ...DEFAULT_SETTINGS, ...changes };
    assert.deepEqual(await expectStatus(engine, 200, 'PATCH', PATH, changes), changed);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(await expectStatus(other, 200, 'GET', PATH), changed);
    const again = { ...changed, semantic: false };
    assert.deepEqual(await expectStatus(other, 200, 'PATCH', PATH, { semantic: false }), again);
  });

  const wrong: readonly [change: unknown, pointer: string, allowed: RegExp][] = [
    [{ judgePatience: -1 }, '#/judgePatience', /0 to 30000/],
    [{ judgePatience: 30_001 }, '#/judgePatience', /0 to 30000/],
    [{ judgePatience: 1.5 }, '#/judgePatience', /whole number/],
    [{ judgePatience: '1500' }, '#/judgePatience', /whole number/],
    [{ sampleRate: 1.01 }, '#/sampleRate', /0 to 1/],
    [{ sharingVendors: 1 }, '#/sharingVendors', /2 to 1000/],
    [{ judging: 'never' }, '#/judging', /at-once .* in-background/],
    [{ semantic: null }, '#/semantic', /true or false/],
    [{ sampelRate: 0.1 }, '#/sampelRate', /not allowed here/],
    [[], '#', /a JSON object/],
  ];
  for (const [change, pointer, allowed] of wrong) {
    it(`refuses ${JSON.stringify(change)}, and changes nothing`, async () => {
      const { errors } = await expectStatus<ProblemBody>(engine, 400, 'PATCH', PATH, change);
      assert.equal(errors?.[0]?.pointer, pointer);
      assert.match(errors?.[0]?.detail ?? '', allowed);
      assert.deepEqual(await expectStatus(engine, 200, 'GET', PATH), DEFAULT_SETTINGS);
    });
  }

  it('is nothing for vendors', async () => {
    const key = await engine.keyFor('smith');
    for (const method of ['GET', 'PATCH']) await expectStatus(engine, 401, method, PATH, undefined, key);
  });

  it('says what holds when the store, or the way to the engines, is away', async () => {
    const away = () => Promise.reject(new Error('away'));
    const load = async () => ({});
    const unsaved = await startEngine({ settings: { load, save: away } });
    const { detail } = await expectStatus<ProblemBody>(unsaved, 503, 'PATCH', PATH, { sharing: false });
    assert.match(detail, /did not confirm the change/);
    assert.deepEqual(await expectStatus(unsaved, 200, 'GET', PATH), DEFAULT_SETTINGS);
    await unsaved.close();
    const { feed } = engine.engine.services;
    feed.publish = away;
    const told = await expectStatus<ProblemBody>(engine, 503, 'PATCH', PATH, { sharing: false });
    assert.match(told.detail, /is stored, but the engines were not told/);
  });
});
