import assert from 'node:assert/strict';
import type { CacheUnderTest, Part } from '../../../bench/season/cache-under-test.ts';
import { idealCache } from '../../../bench/season/ideal-cache.ts';
import { playSeason } from '../../../bench/season/season.ts';
import { SeasonTrace } from '../../../bench/season/trace.ts';
import { SMALL } from './support.ts';

describe('a bench of the season', () => {
  const trace = new SeasonTrace(SMALL);
  const context = { progress: () => {}, signal: new AbortController().signal };
  const ideal = async (off: ReadonlySet<Part>) => idealCache(off, SMALL.sharers);

  it('states its settings, what the trace allows, what the cache did and what each part gave', async () => {
    const said: string[] = [];
    const progress = (line: string) => void said.push(line);
    const { table, json } = await playSeason(trace, ideal, ['semantics', 'sharing'], { ...context, progress });
    for (const expected of [/--seed 1 /, /ceiling of every cache/, /hit rate +\d+\.\d %/, /without sharing +\d/])
      assert.match(table, expected);
    assert.deepEqual(said, [
      'working out what the season allows',
      'playing the season',
      'playing the season without semantics',
      'playing the season without sharing',
    ]);
    const { shareOfIdeal, shareOfCeiling, gives, settings } = json as Record<string, unknown>;
    assert.equal(shareOfIdeal, 1);
    assert.ok(typeof shareOfCeiling === 'number' && shareOfCeiling < 1 && shareOfCeiling > 0.9);
    assert.deepEqual(Object.keys(gives as object), ['semantics', 'sharing']);
    assert.ok(Object.values(gives as Record<string, number>).every((points) => points > 0));
    assert.deepEqual(settings, SMALL);
  });

  it('counts an answer that was given for another question as wrong', async () => {
    const confused = async (off: ReadonlySet<Part>): Promise<CacheUnderTest> => {
      const cache = await ideal(off);
      return {
        originCalls: 0,
        advance: (now) => cache.advance(now),
        ask: async (event) => ({ ...(await cache.ask(event)), intent: 3 }),
        reschedule: (event) => cache.reschedule(event),
        invalidate: (event) => cache.invalidate(event),
        close: () => cache.close(),
      };
    };
    const { json } = await playSeason(trace, confused, [], context);
    const { wrong, requests } = json as { wrong: number; requests: number };
    assert.ok(wrong > 0.9 * requests && wrong < requests);
  });

  it('ends when nobody waits any longer, and closes its cache', async () => {
    const abort = new AbortController();
    let closed = 0;
    const left = async (off: ReadonlySet<Part>): Promise<CacheUnderTest> => {
      abort.abort(new Error('left'));
      return { ...(await ideal(off)), close: async () => void closed++ };
    };
    await assert.rejects(playSeason(trace, left, [], { ...context, signal: abort.signal }), /left/);
    assert.equal(closed, 1);
  });
});
