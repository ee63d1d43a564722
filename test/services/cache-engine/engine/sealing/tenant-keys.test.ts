import assert from 'node:assert/strict';
import { MemoryDataKeys } from '../../../../../services/cache-engine/src/adapters/memory/memory-data-keys.ts';
import type { DataKey } from '../../../../../services/cache-engine/src/engine/sealing/data-key.ts';
import { open, seal } from '../../../../../services/cache-engine/src/engine/sealing/seal.ts';
import { TenantKeys } from '../../../../../services/cache-engine/src/engine/sealing/tenant-keys.ts';
import type {
  DataKeyStore,
  KeyEncryption,
  WrappedKey,
} from '../../../../../services/cache-engine/src/ports/data-keys.ts';
import { deferred, TestClock } from '../../support/doubles.ts';

const DAY = 24 * 3600;

/** Wraps by writing the partition before the key, and counts. */
class PlainEncryption implements KeyEncryption {
  readonly name: string;
  readonly #knows: readonly string[];
  unwraps = 0;

  constructor(name = 'kek-1', knows: readonly string[] = [name]) {
    this.name = name;
    this.#knows = knows;
  }

  async wrap(key: Buffer, partition: string): Promise<Buffer> {
    return Buffer.concat([Buffer.from(partition), key]);
  }

  async unwrap(wrapped: Buffer, wrappedBy: string, partition: string): Promise<Buffer> {
    this.unwraps++;
    if (!this.#knows.includes(wrappedBy)) throw new Error(`${wrappedBy} is not known.`);
    assert.equal(wrapped.subarray(0, -32).toString(), partition);
    return wrapped.subarray(-32);
  }
}

/** A store that counts what it is asked, and can be taken away. */
class CountingStore implements DataKeyStore {
  readonly #inner = new MemoryDataKeys();
  lists = 0;
  adds = 0;
  away = false;
  /** What a look-up waits for before it is answered. */
  gate: Promise<void> | undefined;

  async list(partition: string): Promise<readonly WrappedKey[]> {
    this.#ask();
    this.lists++;
    const found = await this.#inner.list(partition);
    await this.gate;
    return found;
  }

  async add(partition: string, key: WrappedKey): Promise<WrappedKey> {
    this.#ask();
    this.adds++;
    return this.#inner.add(partition, key);
  }

  async destroy(partition: string): Promise<number> {
    this.#ask();
    return this.#inner.destroy(partition);
  }

  #ask(): void {
    if (this.away) throw new Error('The store is away.');
  }
}

/** The key itself, when it is at hand. */
function atHand(key: DataKey | undefined | Promise<DataKey | undefined>): DataKey {
  assert.ok(key !== undefined && !(key instanceof Promise), 'the key is at hand');
  return key;
}

describe('the tenants’ keys', () => {
  let store: CountingStore;
  let clock: TestClock;
  const engine = (encryption: KeyEncryption = new PlainEncryption()) => new TenantKeys({ store, encryption, clock });
  beforeEach(() => {
    store = new CountingStore();
    clock = new TestClock('2026-05-01T10:00:00Z');
  });

  it('make a tenant’s first key once, for all who ask for it at once', async () => {
    const keys = engine();
    const found = await Promise.all(Array.from({ length: 50 }, async () => keys.current('p')));
    assert.equal(new Set(found).size, 1);
    assert.equal(store.adds, 1);
    assert.equal(store.lists, 1);
  });

  it('are at hand after the first time, both ways', async () => {
    const keys = engine();
    const key = await keys.current('p');
    assert.equal(atHand(keys.current('p')), key);
    assert.equal(atHand(keys.byId('p', key.id)), key);
  });

  it('are the same on engines that make one at the same time', async () => {
    const engines = Array.from({ length: 5 }, () => engine());
    const found = await Promise.all(engines.map(async (keys) => keys.current('p')));
    const sealed = seal(found[0] as DataKey, 'place', Buffer.from('x'));
    for (const key of found) assert.equal(open(key, 'place', sealed)?.toString(), 'x');
    assert.equal((await store.list('p')).length, 1);
  });

  it('differ by tenant', async () => {
    const keys = engine();
    const [one, other] = [await keys.current('one'), await keys.current('other')];
    assert.equal(one.id, other.id);
    assert.equal(open(other, 'place', seal(one, 'place', Buffer.from('x'))), undefined);
  });

  it('rotate after 30 days, and the earlier one still opens', async () => {
    const keys = engine();
    const first = await keys.current('p');
    clock.pass(30 * DAY - 1);
    assert.equal((await keys.current('p')).id, first.id);
    clock.pass(1);
    const second = await keys.current('p');
    assert.notEqual(second.id, first.id);
    const later = engine();
    const sealed = seal(first, 'place', Buffer.from('x'));
    assert.equal(open((await later.byId('p', first.id)) as DataKey, 'place', sealed)?.toString(), 'x');
    assert.equal((await later.current('p')).id, second.id);
  });

  it('rotate when a key is spent, without waiting for its day', async () => {
    const keys = engine();
    const first = await keys.current('p');
    while (!first.spent) first.countSeal();
    const second = await keys.current('p');
    assert.notEqual(second.id, first.id);
    assert.equal(atHand(keys.current('p')), second);
  });

  it('take the new key of another engine instead of making a third', async () => {
    const [one, other] = [engine(), engine()];
    const first = await one.current('p');
    await other.current('p');
    while (!first.spent) first.countSeal();
    const second = await one.current('p');
    clock.pass(3);
    const found = await other.byId('p', second.id);
    assert.equal(found?.id, second.id);
    assert.equal(store.adds, 2);
  });

  it('ask for an id that is not on the list again only after a while', async () => {
    const keys = engine();
    await keys.current('p');
    const { lists } = store;
    for (let count = 0; count < 100; count++) assert.equal(await keys.byId('p', '99'), undefined);
    assert.equal(store.lists, lists);
    clock.pass(3);
    for (let count = 0; count < 100; count++) assert.equal(await keys.byId('p', '99'), undefined);
    assert.equal(store.lists, lists + 1);
  });

  it('have none for a tenant that has none, and make none in order to open', async () => {
    assert.equal(await engine().byId('p', '1'), undefined);
    assert.equal(store.adds, 0);
  });

  it('are looked up again beside the requests, which do not wait', async () => {
    const keys = engine();
    const key = await keys.current('p');
    const { lists } = store;
    clock.pass(11 * 60);
    assert.equal(atHand(keys.current('p')), key);
    assert.equal(atHand(keys.byId('p', key.id)), key);
    assert.equal(store.lists, lists + 1);
  });

  it('go on for an hour while the store is away, and then no longer', async () => {
    const keys = engine();
    const key = await keys.current('p');
    store.away = true;
    clock.pass(59 * 60);
    assert.equal(atHand(keys.current('p')), key);
    clock.pass(60);
    await assert.rejects(async () => keys.current('p'), /away/);
    await assert.rejects(async () => keys.byId('p', key.id), /away/);
    store.away = false;
    assert.equal((await keys.current('p')).id, key.id);
  });

  it('are gone for good when they were destroyed, here at once', async () => {
    const keys = engine();
    const key = await keys.current('p');
    const sealed = seal(key, 'place', Buffer.from('x'));
    assert.equal(await keys.destroy('p'), 1);
    assert.equal(await keys.byId('p', key.id), undefined);
    const next = await keys.current('p');
    assert.equal(open(next, 'place', sealed), undefined);
    assert.equal(await keys.destroy('other'), 0);
  });

  it('are gone on another engine as soon as it is told to forget them', async () => {
    const [one, other] = [engine(), engine()];
    const key = await one.current('p');
    await other.current('p');
    await one.destroy('p');
    assert.equal(atHand(other.byId('p', key.id)).id, key.id);
    other.forget('p');
    assert.equal(await other.byId('p', key.id), undefined);
    await other.current('q');
    other.forgetAll();
    assert.ok(other.current('q') instanceof Promise);
  });

  it('are gone on an engine that was told nothing once it looks them up again', async () => {
    const [one, other] = [engine(), engine()];
    const key = await one.current('p');
    await other.current('p');
    await one.destroy('p');
    clock.pass(11 * 60);
    void other.byId('p', key.id);
    await new Promise(setImmediate);
    clock.pass(3);
    assert.equal(await other.byId('p', key.id), undefined);
  });

  it('do not come back by a look-up that had begun before they were destroyed', async () => {
    const keys = engine();
    const { id } = await keys.current('p');
    keys.forget('p');
    const gate = deferred();
    store.gate = gate.promise;
    const early = Promise.resolve(keys.byId('p', id));
    await new Promise(setImmediate);
    const destroyed = keys.destroy('p');
    await destroyed;
    store.gate = undefined;
    gate.resolve();
    await early;
    assert.equal(await keys.byId('p', id), undefined);
  });

  it('follow a new key-encryption key, and engines that have only the old one make none in turn', async () => {
    const old = engine(new PlainEncryption('a'));
    const first = await old.current('p');
    const renewed = engine(new PlainEncryption('b', ['b', 'a']));
    const second = await renewed.current('p');
    assert.notEqual(second.id, first.id);
    for (let round = 0; round < 3; round++) {
      old.forget('p');
      renewed.forget('p');
      assert.equal((await old.current('p')).id, first.id);
      assert.equal((await renewed.current('p')).id, second.id);
    }
    assert.equal(store.adds, 2);
  });

  it('still seal and open when an old key cannot be unwrapped any more', async () => {
    const first = await engine(new PlainEncryption('a')).current('p');
    const keys = engine(new PlainEncryption('b'));
    assert.ok((await keys.current('p')).id !== first.id);
    await assert.rejects(async () => keys.byId('p', first.id), /a is not known/);
  });

  it('unwrap each key once', async () => {
    const encryption = new PlainEncryption();
    const keys = engine(encryption);
    const { id } = await keys.current('p');
    keys.forget('p');
    await Promise.all([keys.byId('p', id), keys.byId('p', id), keys.current('p')]);
    assert.equal(encryption.unwraps, 2);
    clock.pass(11 * 60);
    void keys.current('p');
    await new Promise(setImmediate);
    atHand(keys.current('p'));
    assert.equal(encryption.unwraps, 2);
  });
});
