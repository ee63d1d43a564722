import assert from 'node:assert/strict';
import type { Part } from '../../../bench/season/cache-under-test.ts';
import { idealCache } from '../../../bench/season/ideal-cache.ts';
import { runSeason } from '../../../bench/season/season.ts';
import { SMALL } from './support.ts';

describe('a run of the season', () => {
  it('states its parameters, what the trace allows, what the cache did and what each part gave', async () => {
    const said: string[] = [];
    const parts = ['semantics', 'sharing'] as const;
    const result = await runSeason(
      SMALL,
      async (off) => idealCache(off, SMALL.sharers),
      parts,
      (text) => said.push(text),
    );
    const output = said.join('\n');
    for (const expected of [/--seed 1 /, /ceiling of every cache/, /hit rate +\d+\.\d\d %/, /without sharing +\d/])
      assert.match(output, expected);
    assert.equal(result.shareOfIdeal, 1);
    assert.ok(result.shareOfCeiling < 1 && result.shareOfCeiling > 0.9);
    assert.deepEqual(Object.keys(result.gives), [...parts]);
    assert.ok(Object.values(result.gives).every((points) => points > 0));
  });

  it('counts an answer that was given for another question as wrong', async () => {
    const confused = async (off: ReadonlySet<Part>) => {
      const cache = idealCache(off, SMALL.sharers);
      return {
        ...cache,
        ask: async (event: Parameters<typeof cache.ask>[0]) => ({ ...(await cache.ask(event)), intent: 3 }),
      };
    };
    const { wrong, requests } = await runSeason(SMALL, confused, [], () => {});
    assert.ok(wrong > 0.9 * requests && wrong < requests);
  });
});
