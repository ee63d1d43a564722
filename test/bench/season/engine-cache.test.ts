import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import type { Account } from '../../../bench/season/accounting.ts';
import type { Setup } from '../../../bench/season/cache-under-test.ts';
import { ceilingsOf } from '../../../bench/season/ceiling.ts';
import { EngineCache } from '../../../bench/season/engine-cache.ts';
import { play } from '../../../bench/season/play.ts';
import { RememberingEmbedder } from '../../../bench/season/remembering-embedder.ts';
import { type Ask, SeasonTrace } from '../../../bench/season/trace.ts';
import type { Embedder } from '../../../services/cache-engine/src/ports/embedder.ts';
import { ask, SMALL } from './support.ts';

/** An embedder that says how often it was asked, and knows no meaning: each text has a direction of its own. */
class BlindEmbedder implements Embedder {
  readonly model = 'blind';
  readonly dimensions = 8;
  calls = 0;
  closed = false;

  async embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    this.calls++;
    return texts.map((text) => {
      const numbers = [...hash('sha256', text, 'buffer').subarray(0, this.dimensions)].map((byte) => byte - 128);
      const length = Math.hypot(...numbers);
      return Float32Array.from(numbers, (number) => number / length);
    });
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

describe('the engine, played to', () => {
  const parameters = { ...SMALL, requests: 1500, days: 2 };
  const trace = new SeasonTrace(parameters);
  const open = (setup: Setup = {}) =>
    EngineCache.open({ parameters, catalogue: trace.catalogue, embedder: new BlindEmbedder() }, setup);
  const asks = [...trace].filter((event): event is Ask => event.kind === 'ask');
  let played: EngineCache;
  let whole: Account;

  before(async () => {
    played = await open();
    whole = await play(trace, played);
  });

  it('hits a good part of what is possible, never more, and answers no question with the answer of another', () => {
    const { strict, idealByTextAlone } = ceilingsOf(trace, parameters.sharers);
    assert.ok(whole.hitRate <= strict.hitRate + 1e-9, `${whole.hitRate} of ${strict.hitRate}`);
    assert.ok(whole.hitRate >= 0.9 * idealByTextAlone.hitRate);
    assert.equal(whole.wrong, 0);
    assert.ok(played.originCalls >= whole.from('miss'));
  });

  it('merges the copies of a burst', async () => {
    const cache = await open();
    const burst = asks.find(({ copies }) => copies > 2);
    assert.ok(burst);
    cache.advance(burst.at);
    const sources = (await Promise.all([1, 2, 3].map(() => cache.ask(burst)))).map(({ source }) => source);
    assert.deepEqual(sources, ['miss', 'merged', 'merged']);
    assert.equal(cache.originCalls, 1);
    assert.equal((await cache.ask(burst)).source, 'hot');
  });

  it("forgets what rests on a vendor's data when that changes, and on a wedding's date when that moves", async () => {
    const cache = await open();
    const own = asks.find(({ intent }) => intent.tag !== undefined);
    const about = asks.find(({ wedding }) => wedding !== undefined);
    assert.ok(own?.intent.tag !== undefined && about?.wedding !== undefined);
    const at = Math.max(own.at, about.at);
    cache.advance(at);
    const both = async () => [(await cache.ask(own)).source, (await cache.ask(about)).source];
    assert.deepEqual(
      [await both(), await both()],
      [
        ['miss', 'miss'],
        ['hot', 'hot'],
      ],
    );
    await cache.invalidate({ kind: 'invalidate', at, vendor: own.vendor, tag: own.intent.tag });
    assert.deepEqual(await both(), ['miss', 'hot']);
    const { id, date } = about.wedding;
    const moved = { id, date: '2026-12-12', team: [about.vendor] };
    await cache.reschedule({ kind: 'reschedule', at, wedding: moved, from: date, to: moved.date });
    const again = await cache.ask(ask({ ...about, wedding: moved }));
    assert.equal(again.source, 'miss');
  });

  it('finds in one process what another has stored, unless each has only itself', async () => {
    const [first] = asks;
    assert.ok(first);
    const twice = async (setup: Setup) => {
      const cache = await open({ processes: 2, ...setup });
      const sources = [];
      for (let time = 0; time < 3; time++) {
        cache.advance(first.at + time);
        sources.push((await cache.ask(ask({ ...first, copies: 1 }))).source);
      }
      return sources;
    };
    assert.deepEqual(await twice({}), ['miss', 'warm', 'hot']);
    assert.deepEqual(await twice({ off: ['warm'] }), ['miss', 'miss', 'hot']);
  });

  it('answers nothing from its process without the hot part, and as much from the warm tier', async () => {
    const cold = await play(trace, await open({ off: ['hot'] }));
    assert.ok(whole.from('hot') > 0);
    assert.equal(cold.from('hot'), 0);
    assert.ok(cold.from('warm') >= 0.9 * whole.from('hot'));
  });

  it('holds what another one exports that was asked before', async () => {
    const [first] = asks;
    assert.ok(first);
    const cache = await open({ after: [{ ...first, copies: 1 }] });
    cache.advance(first.at);
    assert.equal(cache.originCalls, 0);
    assert.equal((await cache.ask(first)).source, 'warm');
  });

  it('serves nothing stale when that part is off', async () => {
    const { stale } = await play(trace, await open({ off: ['stale-while-revalidate'] }));
    assert.equal(stale, 0);
  });
});

describe('the remembering embedder', () => {
  it('embeds each text once, in the order that was asked for, and closes the one behind it', async () => {
    const behind = new BlindEmbedder();
    const embedder = new RememberingEmbedder(behind);
    const [one] = await embedder.embed(['one']);
    const both = await embedder.embed(['two', 'one']);
    assert.equal(both[1], one);
    assert.equal(behind.calls, 2);
    await embedder.close();
    assert.ok(behind.closed);
  });
});
