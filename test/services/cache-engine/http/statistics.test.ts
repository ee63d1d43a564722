import assert from 'node:assert/strict';
import { MemoryLedger } from '../../../../services/cache-engine/src/adapters/memory/memory-ledger.ts';
import { partitionOf } from '../../../../services/cache-engine/src/engine/answer-key.ts';
import { describeStatistics } from '../../../../services/cache-engine/src/http/statistics.ts';
import { fc } from '../../../support/property.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { expectStatus, type ProblemBody } from './api.ts';

const savings = {
  ...{ hits: 30, misses: 10, semanticHits: 4, staleHits: 1 },
  ...{ tokens: 9000, microDollars: 2_500_000, milliseconds: 45_500 },
};

describe('statistics over HTTP', () => {
  const ledger = new MemoryLedger();
  let engine: TestEngine;
  let key: string;
  before(async () => {
    engine = await startEngine({ ledger });
    key = await engine.keyFor('smith');
    await ledger.add(partitionOf('smith'), '2026-04', savings);
    await ledger.add(partitionOf('smith'), '2026-05', { ...savings, hits: 0, misses: 0 });
    await ledger.add(partitionOf('jones'), '2026-05', savings);
  });
  after(() => engine.close());

  const april = {
    ...{ hits: 30, misses: 10, hitRate: 0.75, semanticHits: 4, staleHits: 1 },
    ...{ savedTokens: 9000, savedDollars: 2.5, savedSeconds: 45.5 },
  };
  const sums = { semanticHits: 8, staleHits: 2, savedTokens: 18_000, savedDollars: 5, savedSeconds: 91 };

  it('are the vendor’s own, month by month and in all; without requests there is no rate', async () => {
    assert.deepEqual(await expectStatus(engine, 200, 'GET', '/v1/statistics', undefined, key), {
      months: [
        { month: '2026-04', ...april },
        { month: '2026-05', ...april, hits: 0, misses: 0, hitRate: null },
      ],
      total: { ...april, ...sums },
    });
  });

  it('are any vendor’s for the administration, which has to name it', async () => {
    const path = '/v1/admin/statistics';
    const { months } = await expectStatus<{ months: object[] }>(engine, 200, 'GET', `${path}?vendorId=jones`);
    assert.deepEqual(months, [{ month: '2026-05', ...april }]);
    const { errors } = await expectStatus<ProblemBody>(engine, 400, 'GET', path);
    assert.equal(errors?.[0]?.pointer, '#/vendorId');
    await expectStatus(engine, 401, 'GET', `${path}?vendorId=jones`, undefined, key);
  });

  it('are 503 while the books are away', async () => {
    const months = () => Promise.reject(new Error('away'));
    const other = await startEngine({ ledger: { add: async () => {}, months } });
    const own = await other.keyFor('smith');
    const { detail } = await expectStatus<ProblemBody>(other, 503, 'GET', '/v1/statistics', undefined, own);
    assert.match(detail, /books do not answer/);
    await other.close();
  });

  it('add up: the total of any months is the sum of each figure, and its rate that of the sums', () => {
    const figure = fc.nat(1_000_000);
    const month = fc.record({
      ...{ hits: figure, misses: figure, semanticHits: figure, staleHits: figure },
      ...{ tokens: figure, microDollars: figure, milliseconds: figure },
    });
    fc.assert(
      fc.property(fc.array(month), (list) => {
        const { total } = describeStatistics(list.map((savings) => ({ month: '2026-05', savings })));
        const hits = list.reduce((sum, one) => sum + one.hits, 0);
        const all = list.reduce((sum, one) => sum + one.hits + one.misses, 0);
        assert.equal(total.hits, hits);
        assert.equal(total.hitRate, all === 0 ? null : hits / all);
        assert.equal(
          total.savedTokens,
          list.reduce((sum, one) => sum + one.tokens, 0),
        );
      }),
    );
  });
});
