import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  MemoryChangeFeed,
  MemoryFeedHub,
} from '../../../../services/cache-engine/src/adapters/memory/memory-change-feed.ts';
import { ClusterConnections } from '../../../../services/cache-engine/src/adapters/redis/cluster.ts';
import { RedisChangeFeed } from '../../../../services/cache-engine/src/adapters/redis/redis-change-feed.ts';
import type { Change, ChangeFeed } from '../../../../services/cache-engine/src/ports/change-feed.ts';
import { followed } from '../support/feeds.ts';
import { sharedRedis } from '../../../support/redis/shared.ts';

interface Opened {
  readonly feed: ChangeFeed;
  readonly close: () => Promise<void> | void;
}

/** Each gives what opens one engine's feed after the other, all of one region. */
const adapters: Readonly<Record<string, () => () => Promise<Opened>>> = {
  memory: () => {
    const hub = new MemoryFeedHub();
    return async () => {
      const feed = new MemoryChangeFeed(hub);
      return { feed, close: () => feed.close() };
    };
  },
  'Redis Cluster': () => async () => {
    const clients = new ClusterConnections((await sharedRedis()).access('cache'), () => {});
    const feed = new RedisChangeFeed(clients);
    await feed.ready;
    return { feed, close: () => feed.close().then(() => clients.close()) };
  },
};

const moved = (wedding: string): Change => ({ kind: 'wedding-moved', partition: 'p', wedding, date: '2027-06-12' });

for (const [name, region] of Object.entries(adapters)) {
  describe(`the change feed in ${name}`, function () {
    this.timeout(30_000);
    const openOne = region();
    let opened: Opened[];
    let feeds: [ChangeFeed, ChangeFeed, ChangeFeed];
    beforeEach(async () => {
      opened = [await openOne(), await openOne(), await openOne()];
      feeds = opened.map(({ feed }) => feed) as typeof feeds;
    });
    afterEach(async () => {
      for (const { close } of opened) await close();
    });

    it('names each engine differently', () => {
      assert.equal(new Set(feeds.map(({ engine }) => engine)).size, 3);
    });

    it('tells every engine, the one that publishes included, all changes as they were made', async () => {
      const changes: Change[] = [
        { kind: 'stored', key: 'p:“🌹”', frame: 'f', by: feeds[0].engine },
        {
          kind: 'removed',
          receipt: randomUUID(),
          last: false,
          partition: 'p',
          removal: { scope: 'keys', keys: ['p:1', 'p:2'] },
        },
        {
          kind: 'removed',
          receipt: randomUUID(),
          last: true,
          partition: 'p',
          removal: { scope: 'frames', frames: ['f'] },
        },
        { kind: 'removed', receipt: randomUUID(), last: true, partition: 'p', removal: { scope: 'partition' } },
        moved('w'),
        { kind: 'keys-destroyed', receipt: randomUUID(), partition: 'p' },
        { kind: 'configured' },
      ];
      const told = feeds.map((feed) => followed(feed));
      for (const change of changes) await feeds[0].publish(change);
      for (const one of told) assert.deepEqual(await one.first(changes.length), changes);
    });

    it('tells all engines the changes of all engines in one order', async () => {
      const told = feeds.map((feed) => followed(feed));
      const each = Array.from({ length: 200 }, (_, number) => number);
      await Promise.all(feeds.flatMap((feed) => each.map((number) => feed.publish(moved(`${feed.engine} ${number}`)))));
      const [first, ...others] = await Promise.all(told.map((one) => one.first(600)));
      assert.equal(new Set(first?.map((change) => JSON.stringify(change))).size, 600);
      for (const other of others) assert.deepEqual(other, first);
    });

    it('tells nothing of what was before', async () => {
      await feeds[0].publish(moved('before'));
      const late = await openOne();
      const told = followed(late.feed);
      await feeds[0].publish(moved('after'));
      assert.deepEqual(await told.first(1), [moved('after')]);
      await late.close();
    });

    it('lists the engines that are up', async () => {
      const names = await feeds[0].engines();
      for (const { engine } of feeds) assert.ok(names.includes(engine));
    });

    it('gathers the reports of all engines on a receipt, and of no other', async () => {
      const [receipt, other] = [randomUUID(), randomUUID()];
      await feeds[0].acknowledge(other, { hot: 9, vectors: 9 });
      const reports = feeds[0].reports(receipt, 20_000);
      await Promise.all(feeds.map((feed, index) => feed.acknowledge(receipt, { hot: index, vectors: 10 * index })));
      assert.deepEqual(
        new Map((await reports).map((report) => [report.engine, report])),
        new Map(feeds.map(({ engine }, index) => [engine, { engine, hot: index, vectors: 10 * index }])),
      );
    });

    it('gives the reports that came when an engine does not report in time', async () => {
      const receipt = randomUUID();
      await feeds[1].acknowledge(receipt, { hot: 1, vectors: 2 });
      const reports = await feeds[0].reports(receipt, 50);
      assert.deepEqual(reports, [{ engine: feeds[1].engine, hot: 1, vectors: 2 }]);
    });

    it('does not wait for an engine that has left', async () => {
      await opened[2]?.close();
      const receipt = randomUUID();
      for (const feed of [feeds[0], feeds[1]]) await feed.acknowledge(receipt, { hot: 0, vectors: 0 });
      const reports = await feeds[0].reports(receipt, 20_000);
      assert.equal(reports.length, 2);
      assert.ok(!(await feeds[0].engines()).includes(feeds[2].engine));
    });
  });
}
