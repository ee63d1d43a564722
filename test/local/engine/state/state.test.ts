import assert from 'node:assert/strict';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileStateStore } from '../../../../local/engine/state/file.ts';
import { memoryStateStore } from '../../../../local/engine/state/memory.ts';
import type { StackState, StateStore } from '../../../../local/engine/state/store.ts';
import { secret } from '../../../../local/engine/values.ts';
import { temporaryFolders } from '../support/temporary.ts';

const STATE: StackState = {
  resources: { 'urn:a': { type: 'a:b:C', id: 'i', inputs: { n: 1 }, outputs: { key: secret('k') } } },
  outputs: { url: 'https://example.test', key: secret('k') },
};

describe('the state of stacks', () => {
  const folder = temporaryFolders();
  const stores: readonly [name: string, open: () => StateStore][] = [
    ['in memory', memoryStateStore],
    ['in files', () => fileStateStore(path.join(folder(), 'state'))],
  ];
  for (const [name, open] of stores) {
    it(`${name} is given back as it was written, secrets still marked`, async () => {
      const store = open();
      await store.write('shop', 'dev', STATE);
      assert.deepEqual(await store.read('shop', 'dev'), STATE);
    });

    it(`${name} is kept apart by project and stack, and unknown before the first write`, async () => {
      const store = open();
      await store.write('shop', 'dev', STATE);
      assert.equal(await store.read('shop', 'prod'), undefined);
      assert.equal(await store.read('office', 'dev'), undefined);
    });
  }

  it('in files can be read by its owner alone, and leaves nothing else in the folder', async () => {
    const where = folder();
    const store = fileStateStore(where);
    await store.write('shop', 'dev', STATE);
    await store.write('shop', 'dev', { ...STATE, outputs: {} });
    assert.deepEqual(readdirSync(where), ['shop.dev.json']);
    assert.equal(statSync(path.join(where, 'shop.dev.json')).mode & 0o777, 0o600);
  });

  it('in files that is damaged is named, with what to do', async () => {
    const where = folder();
    writeFileSync(path.join(where, 'shop.dev.json'), '{"version": 1, "resou');
    await assert.rejects(fileStateStore(where).read('shop', 'dev'), {
      name: 'UserError',
      message: /shop\.dev\.json is damaged: .* Remove it to start afresh\.$/,
    });
    writeFileSync(path.join(where, 'shop.dev.json'), '{"version": 9}');
    await assert.rejects(fileStateStore(where).read('shop', 'dev'), { message: /is not a state of version 1/ });
  });

  it('that can not be written says where, and leaves no half-written file', async () => {
    const where = folder();
    writeFileSync(path.join(where, 'taken'), '');
    await assert.rejects(fileStateStore(path.join(where, 'taken')).write('shop', 'dev', STATE), {
      message: /The state can't be written to .*taken/,
    });
    assert.deepEqual(readdirSync(where), ['taken']);
  });
});
