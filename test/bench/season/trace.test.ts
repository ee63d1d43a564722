import assert from 'node:assert/strict';
import { dateIn, isSaturday } from '@wedsync/domain';
import { zipfChoice } from '../../../bench/season/choice.ts';
import { poisson, seededRandom, shuffled } from '../../../bench/season/random.ts';
import { type Ask, type SeasonEvent, SeasonTrace, ZONE } from '../../../bench/season/trace.ts';
import { SMALL } from './support.ts';

const isAsk = (event: SeasonEvent): event is Ask => event.kind === 'ask';

describe('a season', () => {
  const season = new SeasonTrace(SMALL);
  const events = [...season];
  const asks = events.filter(isAsk);

  it('is the same whenever it is played, and another for another seed', () => {
    const told = (trace: SeasonTrace) =>
      [...trace].map((event) => [event.kind, event.at, event.kind === 'ask' ? event.text : '']);
    assert.deepEqual(told(season), told(new SeasonTrace(SMALL)));
    assert.notDeepEqual(told(season), told(new SeasonTrace({ ...SMALL, seed: 2 })));
  });

  it('has its events in order, about as many requests as it should, and some of every kind', () => {
    events.forEach((event, index) => assert.ok(event.at >= (events[index - 1]?.at ?? 0)));
    const requests = asks.reduce((sum, { copies }) => sum + copies, 0);
    assert.ok(Math.abs(requests - SMALL.requests) < 0.1 * SMALL.requests, `${requests}`);
    for (const kind of ['ask', 'reschedule', 'invalidate'])
      assert.ok(
        events.some((event) => event.kind === kind),
        kind,
      );
    assert.ok(asks.some(({ copies }) => copies > 1));
  });

  it('asks mostly on Saturday when it should, and in the evening of other days', () => {
    const week = [...new SeasonTrace({ ...SMALL, days: 7, requests: 20_000 })].filter(isAsk);
    const saturday = week.filter(({ at }) => isSaturday(dateIn(ZONE, at))).length / week.length;
    assert.ok(Math.abs(saturday - SMALL['saturday-requests']) < 0.03, `${saturday}`);
  });

  it('asks of a wedding only its team, of its date at the time, and never long after it', () => {
    const moved = new Set(events.flatMap((event) => (event.kind === 'reschedule' ? [event.wedding.id] : [])));
    for (const { vendor, wedding, at } of asks) {
      if (wedding === undefined) continue;
      const mine = vendor.weddings.find(({ id }) => id === wedding.id);
      assert.ok(mine !== undefined);
      if (!moved.has(wedding.id)) assert.equal(wedding.date, mine.date);
      assert.ok(Date.parse(wedding.date) > at - 9 * 86_400_000);
    }
    for (const event of events) {
      if (event.kind === 'reschedule') assert.ok(event.from !== event.to && event.to > dateIn(ZONE, event.at));
    }
  });

  it("asks general questions of the vendor's own type", () => {
    for (const { vendor, intent } of asks) {
      if (intent.scope === 'general') assert.ok(season.catalogue.general(vendor.type).includes(intent));
    }
  });
});

describe("a season's draws", () => {
  it("follow Zipf's law where they should", () => {
    const random = seededRandom(11);
    const choice = zipfChoice(['a', 'b', 'c'], 1);
    const drawn = Array.from({ length: 60_000 }, () => choice.draw(random));
    const share = (item: string) => drawn.filter((one) => one === item).length / drawn.length;
    const total = 1 + 1 / 2 + 1 / 3;
    for (const [item, rank] of [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ] as const)
      assert.ok(Math.abs(share(item) - 1 / rank / total) < 0.01);
  });

  it('have the mean of their Poisson distribution, small or large', () => {
    const random = seededRandom(12);
    for (const mean of [0.3, 4, 90]) {
      const draws = Array.from({ length: 20_000 }, () => poisson(mean, random));
      const average = draws.reduce((sum, count) => sum + count, 0) / draws.length;
      assert.ok(Math.abs(average - mean) < 0.05 * mean, `${average} for ${mean}`);
    }
  });

  it('shuffle without losing anything', () => {
    const items = [1, 2, 3, 4, 5, 6, 7, 8];
    const order = shuffled(items, seededRandom(13));
    assert.notDeepEqual(order, items);
    assert.deepEqual([...order].sort(), items);
  });
});
