import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ClusterConnections } from '../../../../services/cache-engine/src/adapters/redis/cluster.ts';
import { beatKey, LOG_KEY } from '../../../../services/cache-engine/src/adapters/redis/feed/feed-keys.ts';
import { RedisChangeFeed } from '../../../../services/cache-engine/src/adapters/redis/redis-change-feed.ts';
import type { Change } from '../../../../services/cache-engine/src/ports/change-feed.ts';
import { RedisCluster } from '../../../support/redis/cluster.ts';
import { ENGINE_ON_CACHE } from '../../../support/redis/shared.ts';
import { followed } from '../support/feeds.ts';

const moved = (wedding: string): Change => ({ kind: 'wedding-moved', partition: 'p', wedding, date: '2027-06-12' });
const weddings = (changes: readonly Change[]) =>
  changes.map((change) => (change.kind === 'wedding-moved' ? change.wedding : change.kind));

describe('the change feed while Redis fails', function () {
  this.timeout(60_000);
  let cluster: RedisCluster;
  let clients: ClusterConnections[];
  let feeds: [RedisChangeFeed, RedisChangeFeed];

  beforeEach(async () => {
    cluster = await RedisCluster.start({ users: { cache: ENGINE_ON_CACHE } });
    clients = [1, 2].map(() => new ClusterConnections(cluster.access('cache'), () => {}));
    feeds = clients.map((each) => new RedisChangeFeed(each)) as typeof feeds;
    await Promise.all(feeds.map(({ ready }) => ready));
  });
  afterEach(async () => {
    for (const feed of feeds) await feed.close();
    for (const each of clients) each.close();
    await cluster.stop();
  });

  it('tells what was missed, in order, when the connections of an engine were cut', async () => {
    const told = followed(feeds[1]);
    const names = Array.from({ length: 1500 }, (_, number) => `w${number}`);
    for (const [number, name] of names.entries()) {
      if (number % 500 === 250) {
        await Promise.all(cluster.nodes.map(({ admin }) => admin.call('CLIENT', 'KILL', 'USER', 'cache')));
      }
      await feeds[0].publish(moved(name));
    }
    // What was recorded but not confirmed is recorded again.
    const seen = new Set<string>();
    for (let count = names.length; seen.size < names.length; count++) {
      for (const name of weddings(await told.first(count))) seen.add(name);
    }
    assert.deepEqual([...seen], names);
  });

  it('goes on after the master of its log has died, and loses nothing that was published', async () => {
    const told = followed(feeds[1]);
    const names = Array.from({ length: 200 }, (_, number) => `w${number}`);
    for (const name of names.slice(0, 100)) await feeds[0].publish(moved(name));
    await (await cluster.masterOf(LOG_KEY)).signal('SIGKILL');
    for (const name of names.slice(100)) await feeds[0].publish(moved(name));
    const seen = new Set<string>();
    for (let count = names.length; seen.size < names.length; count++) {
      for (const name of weddings(await told.first(count))) seen.add(name);
    }
    assert.deepEqual([...seen], names);
    const receipt = randomUUID();
    const reports = feeds[0].reports(receipt, 20_000);
    for (const feed of feeds) await feed.acknowledge(receipt, { hot: 1, vectors: 0 });
    assert.equal((await reports).length, 2);
  });

  for (const [what, lose] of Object.entries({
    'is gone': async () => (await cluster.masterOf(LOG_KEY)).admin.del(LOG_KEY),
    'was cut beyond where an engine was': async () =>
      (await cluster.masterOf(LOG_KEY)).admin.xtrim(LOG_KEY, 'MAXLEN', 0),
    'is that of a node whose clock is behind': async () => {
      const { admin } = await cluster.masterOf(LOG_KEY);
      await admin.multi().del(LOG_KEY).xadd(LOG_KEY, '1-1', 'joined', 'another').exec();
    },
  })) {
    it(`says that there was a gap when the log ${what}, and goes on`, async () => {
      const told = followed(feeds[1]);
      await feeds[0].publish(moved('before'));
      assert.deepEqual(weddings(await told.first(1)), ['before']);
      await lose();
      await told.gap;
      await feeds[0].publish(moved('after'));
      assert.equal(weddings(await told.first(2))[1], 'after');
    });
  }

  it('refuses what cannot be recorded, and is told of later changes when Redis is back', async () => {
    await Promise.all(cluster.nodes.map((node) => node.signal('SIGKILL')));
    await assert.rejects(feeds[0].publish(moved('never')), { name: 'RedisUnavailable' });
    assert.deepEqual(await feeds[0].reports(randomUUID(), 100), []);
    const told = followed(feeds[1]);
    cluster.nodes.forEach((node) => node.start());
    await told.gap;
    while (
      !(await feeds[0].publish(moved('again')).then(
        () => true,
        () => false,
      ))
    );
    assert.equal(weddings(await told.first(1))[0], 'again');
  });

  it('does not count an engine as up that has stopped without a word', async () => {
    const [, gone] = feeds;
    clients[1]?.close();
    assert.ok((await feeds[0].engines()).includes(gone.engine));
    await (await cluster.masterOf(LOG_KEY)).admin.del(beatKey(gone.engine));
    while ((await feeds[0].engines()).includes(gone.engine)) await delay(10);
    assert.deepEqual(await feeds[0].engines(), [feeds[0].engine]);
  });
});
