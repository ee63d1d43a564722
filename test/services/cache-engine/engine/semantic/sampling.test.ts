import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { Sampler, type SamplerParts } from '../../../../../services/cache-engine/src/engine/semantic/sampling.ts';
import type { Verdict } from '../../../../../services/cache-engine/src/ports/judge.ts';
import { seededRandom } from '../../../../../local/region/check/random.ts';
import { seed } from '../../../../support/property.ts';
import { TestJudge } from './support.ts';

const hit = { alias: 'p:alias', target: 'p:target', frame: 'f', targetFrame: 'g', asked: 'who cuts a cake' };

describe('the sampling of hits by alias', () => {
  let judge: TestJudge;
  let revoked: string[];
  const sampler = (changes: Partial<SamplerParts> = {}) =>
    new Sampler({
      judge,
      rate: () => 1,
      random: () => 0,
      revoke: async (alias, frame, { stored, asked }) => void revoked.push(`${alias} ${frame}: ${stored} | ${asked}`),
      textOf: async (target, frame) => (target === 'p:target' && frame === 'g' ? 'who cuts the cake' : undefined),
      ...changes,
    });
  const settle = async () => {
    for (let i = 0; i < 10; i++) await turn();
  };

  beforeEach(() => {
    judge = new TestJudge();
    revoked = [];
  });

  it('puts the stored question and the asked one to the judge again', async () => {
    const one = sampler();
    one.hit(hit);
    await settle();
    assert.deepEqual(judge.asked, [{ stored: 'who cuts the cake', asked: 'who cuts a cake' }]);
    const { share, count } = one.falseHits;
    assert.deepEqual([share, count, revoked], [0, 1, []]);
  });

  it('takes the share of the hits that is wanted', async () => {
    const random = seededRandom(seed);
    const one = sampler({ rate: () => 0.25, random: () => random.fraction() });
    for (let i = 0; i < 2000; i++) {
      one.hit(hit);
      await turn();
    }
    const { count } = one.falseHits;
    // Five standard deviations of a binomial: wrong once in two million seeds.
    assert.ok(Math.abs(count - 500) < 5 * Math.sqrt(2000 * 0.25 * 0.75), `${count} of 2000, seed ${seed}`);
  });

  it('takes none at a rate of zero, and none without a judge', async () => {
    const none = sampler({ rate: () => 0 });
    none.hit(hit);
    const unjudged = sampler({ judge: undefined });
    unjudged.hit(hit);
    await settle();
    assert.deepEqual([none.falseHits.count, unjudged.falseHits.count, judge.asked], [0, 0, []]);
  });

  it('takes a wrong alias back and counts it', async () => {
    judge.reply = async () => ({ verdict: 'different' });
    const one = sampler();
    one.hit(hit);
    await settle();
    assert.deepEqual(revoked, ['p:alias f: who cuts the cake | who cuts a cake']);
    const { share, low, high, count } = one.falseHits;
    assert.deepEqual([share, count], [1, 1]);
    assert.ok(low > 0.2 && high === 1);
  });

  const silent: Record<string, () => Promise<Verdict>> = {
    'is not sure': async () => ({ verdict: 'unsure' }),
    'is away': () => Promise.reject(new Error('The judge is away.')),
  };
  for (const [what, reply] of Object.entries(silent)) {
    it(`counts nothing when the judge ${what}`, async () => {
      judge.reply = reply;
      const one = sampler();
      one.hit(hit);
      await settle();
      assert.deepEqual([one.falseHits.count, revoked], [0, []]);
    });
  }

  it('judges four at once at most, and goes on when these are done', async () => {
    const gate = Promise.withResolvers<Verdict>();
    judge.reply = () => gate.promise;
    const one = sampler();
    for (let i = 0; i < 100; i++) one.hit(hit);
    await settle();
    assert.equal(judge.asked.length, 4);
    gate.resolve({ verdict: 'same' });
    await settle();
    one.hit(hit);
    await settle();
    assert.equal(one.falseHits.count, 5);
  });

  it('goes on when an alias cannot be taken back', async () => {
    judge.reply = async () => ({ verdict: 'different' });
    const one = sampler({ revoke: () => Promise.reject(new Error('Redis is gone')) });
    one.hit(hit);
    await settle();
    one.hit(hit);
    await settle();
    assert.equal(one.falseHits.count, 2);
  });
});
