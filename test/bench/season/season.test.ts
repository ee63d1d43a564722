import assert from 'node:assert/strict';
import type { CacheUnderTest, MakeCache } from '../../../bench/season/cache-under-test.ts';
import { contributionsOf } from '../../../bench/season/contributions.ts';
import { idealCache } from '../../../bench/season/ideal-cache.ts';
import { playSeasons } from '../../../bench/season/season.ts';
import { frequentParameters, partOf } from '../../../bench/season/settings.ts';
import { SMALL } from './support.ts';

describe('a bench of the season', () => {
  const context = { progress: () => {}, signal: new AbortController().signal };
  const alone = { ...SMALL, parts: 0, frequent: 0 };
  const ideal: MakeCache = async (_trace, { off = [] }) => idealCache(off, SMALL.sharers);

  it('states its settings, what the traces allow, what the cache did and what each part gave', async () => {
    const said: string[] = [];
    const progress = (line: string) => void said.push(line);
    const parameters = { ...SMALL, parts: 0.4, frequent: 1 };
    const { table, json } = await playSeasons(parameters, ideal, { ...context, progress });
    for (const expected of [/--seed 1 /, /strict ceiling/, /hit rate +\d+\.\d %/, /sharing gives \d+\.\d points/])
      assert.match(table, expected);
    assert.deepEqual(said.slice(0, 3), [
      'working out what the season allows',
      'playing the season',
      'playing a part of the season whole',
    ]);
    assert.equal(said.at(-1), 'playing a season of frequent questions');
    const figures = json as Record<string, unknown>;
    assert.equal(figures['shareOfCeiling'], 1);
    const strict = figures['shareOfStrictCeiling'];
    assert.ok(typeof strict === 'number' && strict < 1 && strict > 0.9);
    const { semantics, sharing, merging } = figures['gives'] as Record<string, number>;
    for (const points of [semantics, sharing, merging]) assert.ok(points !== undefined && points > 0);
    const frequent = figures['frequent'] as { hitRate: number };
    assert.ok(frequent.hitRate > (figures['hitRate'] as number));
    assert.deepEqual(figures['settings'], parameters);
  });

  it('says of every source what share of the requests it answered', async () => {
    const { json } = await playSeasons(alone, ideal, context);
    const { tiers, hitRate } = json as { tiers: Record<string, number>; hitRate: number };
    assert.deepEqual(Object.keys(tiers), ['hot', 'warm', 'cold', 'semantic', 'merged', 'miss', 'shared', 'stale']);
    assert.ok(Math.abs(1 - (tiers['miss'] ?? 0) - hitRate) < 0.001);
  });

  it('makes two engines that share, and one that was asked the eve before, for the parts that need them', async () => {
    const made: string[] = [];
    const noted: MakeCache = async (trace, setup) => {
      made.push([...(setup.off ?? []), setup.processes ?? 1, ...(setup.after ? ['after'] : [])].join(' '));
      return ideal(trace, setup);
    };
    const parts = await contributionsOf(partOf(SMALL, 0.2), noted, context);
    assert.deepEqual(
      parts.map(({ part }) => part),
      ['hot', 'warm', 'merging', 'semantics', 'sharing', 'stale-while-revalidate', 'warming'],
    );
    assert.deepEqual(made.slice(0, 4), ['1', '2', 'warm 2', '1 after']);
  });

  it('plays parts as dense as the whole, and frequent questions denser', () => {
    const density = ({ requests, vendors, days }: typeof SMALL) => requests / vendors / days;
    assert.equal(density(partOf(SMALL, 0.2)), density(SMALL));
    assert.equal(partOf(SMALL, 0.01).days, 1);
    assert.ok(density(frequentParameters(SMALL)) > density(SMALL));
  });

  it('counts an answer that was given for another question as wrong', async () => {
    const confused: MakeCache = async (season, setup): Promise<CacheUnderTest> => {
      const cache = await ideal(season, setup);
      return {
        originCalls: 0,
        judgeCalls: 0,
        advance: (now) => cache.advance(now),
        ask: async (event) => ({ ...(await cache.ask(event)), intent: 3 }),
        reschedule: (event) => cache.reschedule(event),
        invalidate: (event) => cache.invalidate(event),
        close: () => cache.close(),
      };
    };
    const { json } = await playSeasons(alone, confused, context);
    const { wrong, requests } = json as { wrong: number; requests: number };
    assert.ok(wrong > 0.9 * requests && wrong < requests);
  });

  it('ends when nobody waits any longer, and closes its cache', async () => {
    const abort = new AbortController();
    let closed = 0;
    const left: MakeCache = async (season, setup) => {
      abort.abort(new Error('left'));
      return { ...(await ideal(season, setup)), close: async () => void closed++ };
    };
    await assert.rejects(playSeasons(alone, left, { ...context, signal: abort.signal }), /left/);
    assert.equal(closed, 1);
  });
});
