import assert from 'node:assert/strict';
import { MemorySettings } from '../../../../services/cache-engine/src/adapters/memory/memory-settings.ts';
import { DEFAULT_SETTINGS, SettingsBook } from '../../../../services/cache-engine/src/engine/settings.ts';

const gone = () => Promise.reject(new Error('Redis is gone'));

describe('the settings of a region', () => {
  it('are the defaults until something is changed, and these for what is not', async () => {
    const book = new SettingsBook(new MemorySettings());
    assert.equal(book.current, DEFAULT_SETTINGS);
    await book.refresh();
    assert.deepEqual(book.current, DEFAULT_SETTINGS);
    const changed = await book.change({ sampleRate: 0.1 });
    assert.deepEqual(changed, { ...DEFAULT_SETTINGS, sampleRate: 0.1 });
    assert.equal(book.current, changed);
  });

  it('add up over several changes, the last one counting', async () => {
    const store = new MemorySettings();
    const [one, other] = [new SettingsBook(store), new SettingsBook(store)];
    await one.change({ sampleRate: 0.1, sharing: false });
    await other.change({ sampleRate: 0.2 });
    await one.refresh();
    assert.deepEqual(one.current, { ...DEFAULT_SETTINGS, sampleRate: 0.2, sharing: false });
    assert.deepEqual(await store.load(), { sampleRate: 0.2, sharing: false });
  });

  it('stay as they are while the store is away', async () => {
    const store = new MemorySettings();
    const book = new SettingsBook(store);
    await book.change({ semantic: false });
    store.load = gone;
    await book.refresh();
    assert.equal(book.current.semantic, false);
  });

  it('are not changed when the store does not confirm', async () => {
    const store = new MemorySettings();
    const book = new SettingsBook(store);
    store.save = gone;
    await assert.rejects(book.change({ semantic: false }), /Redis is gone/);
    assert.equal(book.current.semantic, true);
  });
});
