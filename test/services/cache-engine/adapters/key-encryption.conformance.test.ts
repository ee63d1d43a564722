import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileKeyEncryption } from '../../../../services/cache-engine/src/adapters/key-encryption/file-key-encryption.ts';
import type { KeyEncryption } from '../../../../services/cache-engine/src/ports/data-keys.ts';

interface Opened {
  readonly encryption: KeyEncryption;
  /** The same service after its key was rotated: it wraps with another one. */
  readonly rotated: KeyEncryption;
  /** A service that has none of these keys. */
  readonly foreign: KeyEncryption;
  readonly close: () => Promise<void> | void;
}

const adapters: Readonly<Record<string, () => Promise<Opened>>> = {
  'a file': async () => {
    const folder = await mkdtemp(join(tmpdir(), 'keys-'));
    const line = (name: string) => `${name} ${randomBytes(32).toString('base64')}\n`;
    const read = async (text: string) => {
      await writeFile(join(folder, 'keys'), text);
      return FileKeyEncryption.read(join(folder, 'keys'));
    };
    const first = line('2026-05');
    return {
      encryption: await read(first),
      rotated: await read(line('2026-06') + first),
      foreign: await read(line('2026-05')),
      close: () => rm(folder, { recursive: true }),
    };
  },
};

for (const [name, open] of Object.entries(adapters)) {
  describe(`key encryption by ${name}`, function () {
    this.timeout(30_000);
    let opened: Opened;
    const key = randomBytes(32);
    before(async () => (opened = await open()));
    after(() => opened.close());

    it('opens what it wrapped', async () => {
      const { encryption } = opened;
      const wrapped = await encryption.wrap(key, 'partition');
      assert.deepEqual(await encryption.unwrap(wrapped, encryption.name, 'partition'), key);
    });

    it('wraps the same key differently each time, and shows nothing of it', async () => {
      const [one, other] = [await opened.encryption.wrap(key, 'p'), await opened.encryption.wrap(key, 'p')];
      assert.notDeepEqual(one, other);
      assert.equal(one.indexOf(key.subarray(0, 8)), -1);
    });

    it('does not open what was wrapped for another partition', async () => {
      const { encryption } = opened;
      const wrapped = await encryption.wrap(key, 'partition');
      await assert.rejects(encryption.unwrap(wrapped, encryption.name, 'partitio'));
      await assert.rejects(encryption.unwrap(wrapped, encryption.name, ''));
    });

    it('opens after a rotation what it wrapped before, and wraps with the new key', async () => {
      const { encryption, rotated } = opened;
      assert.notEqual(rotated.name, encryption.name);
      const wrapped = await encryption.wrap(key, 'p');
      assert.deepEqual(await rotated.unwrap(wrapped, encryption.name, 'p'), key);
      const renewed = await rotated.wrap(key, 'p');
      assert.deepEqual(await rotated.unwrap(renewed, rotated.name, 'p'), key);
      await assert.rejects(encryption.unwrap(renewed, rotated.name, 'p'));
      await assert.rejects(rotated.unwrap(renewed, encryption.name, 'p'));
    });

    it('does not open what another service wrapped', async () => {
      const wrapped = await opened.foreign.wrap(key, 'p');
      await assert.rejects(opened.encryption.unwrap(wrapped, opened.encryption.name, 'p'));
    });

    it('does not open what was tampered with, cut or never wrapped', async () => {
      const { encryption } = opened;
      const wrapped = await encryption.wrap(key, 'p');
      for (let byte = 0; byte < wrapped.length; byte++) {
        const tampered = Buffer.from(wrapped);
        tampered[byte] = (tampered[byte] ?? 0) ^ 1;
        await assert.rejects(encryption.unwrap(tampered, encryption.name, 'p'), `byte ${byte}`);
        await assert.rejects(encryption.unwrap(wrapped.subarray(0, byte), encryption.name, 'p'), `${byte} bytes`);
      }
      await assert.rejects(encryption.unwrap(key, encryption.name, 'p'));
    });
  });
}
