import assert from 'node:assert/strict';
import type { ReadConnections } from '../../../../services/cache-engine/src/adapters/redis/hedged-read.ts';
import { HedgedReader } from '../../../../services/cache-engine/src/adapters/redis/hedged-reader.ts';

type Reply = () => Promise<Buffer | null>;

const value: Reply = async () => Buffer.from('here');
const absent: Reply = async () => null;
const broken: Reply = () => Promise.reject(new Error('Connection is closed.'));
const silent: Reply = () => new Promise(() => {});

/** A shard of a master and a replica that reply like this; `undefined` for a node without a connection. */
function shard(master: Reply | undefined, replica: Reply | undefined) {
  const asked: string[] = [];
  const replies: Record<string, Reply | undefined> = { master, replica };
  const connections: ReadConnections = {
    shardOf: () => ['master', 'replica'],
    lane: (address) => {
      const reply = replies[address];
      return reply && { get: () => (asked.push(address), reply()) };
    },
    doubt: () => {},
  };
  return { reader: new HedgedReader(connections), asked };
}

describe('a read of a key from its shard', () => {
  it('asks the master alone while that answers', async () => {
    const { reader, asked } = shard(value, value);
    assert.equal((await reader.get('k'))?.toString(), 'here');
    assert.deepEqual(asked, ['master']);
  });

  it('takes the master’s word that a key is not there', async () => {
    const { reader, asked } = shard(absent, value);
    assert.equal(await reader.get('k'), undefined);
    assert.deepEqual(asked, ['master']);
  });

  for (const [what, master] of Object.entries({
    'is silent': silent,
    'breaks off': broken,
    'is not connected': undefined,
  })) {
    it(`is answered by the replica when the master ${what}`, async () => {
      assert.equal((await shard(master, value).reader.get('k'))?.toString(), 'here');
    });
  }

  it('does not trust a replica’s "not there" while the master may still answer', async () => {
    const late = Promise.withResolvers<Buffer | null>();
    const lagging: Reply = async () => (setImmediate(() => late.resolve(Buffer.from('here'))), null);
    assert.equal((await shard(() => late.promise, lagging).reader.get('k'))?.toString(), 'here');
  });

  it('takes a replica’s "not there" when the master has failed', async () => {
    assert.equal(await shard(broken, absent).reader.get('k'), undefined);
  });

  for (const [what, master, replica] of [
    ['neither is connected', undefined, undefined],
    ['both break off', broken, broken],
    ['both are silent', silent, silent],
    ['the master is silent and the replica has nothing', silent, absent],
  ] as const) {
    it(`is given up in time when ${what}`, async () => {
      await assert.rejects(shard(master, replica).reader.get('k'), { name: 'RedisUnavailable' });
    });
  }

  it('asks both at once for a while after the master was silent', async () => {
    const { reader, asked } = shard(silent, value);
    await reader.get('k');
    asked.length = 0;
    const again = reader.get('k');
    assert.deepEqual(asked, ['master', 'replica']);
    await again;
  });
});
