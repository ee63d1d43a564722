import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock } from '@wedsync/domain';
import { coldName } from '../../../../../services/cache-engine/src/adapters/cold/cold-name.ts';
import { FolderColdTier } from '../../../../../services/cache-engine/src/adapters/cold/folder-cold-tier.ts';
import { fc } from '../../../../support/property.ts';

/** Keys that try to lead out of the folder, or to what is none of the tier's. */
const TRICKS = [
  '../outside:x',
  'x:../../outside',
  '..:..',
  '.transit:x',
  'x:.',
  '/etc:passwd',
  'x:/etc/passwd',
  'x\\y:z',
  'x:y:z',
  'x',
  ':x',
  'x:',
  '',
  'x:y\0z',
  `x:${'y'.repeat(129)}`,
  'é:x',
];

describe('the cold tier in a folder, where it meets the file system', () => {
  let folder: string;
  let tier: FolderColdTier;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cold-'));
    tier = await FolderColdTier.open(folder);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('refuses every key that could lead elsewhere', async () => {
    for (const key of TRICKS) {
      await assert.rejects(tier.put(key, Buffer.from('x')), RangeError, key);
      await assert.rejects(tier.get(key), RangeError, key);
      await assert.rejects(tier.remove([key]), RangeError, key);
    }
    assert.deepEqual(await readdir(folder), ['.transit']);
  });

  it('refuses partitions that could lead elsewhere', async () => {
    for (const partition of ['..', '.', '.transit', '', 'a/b', '/', 'a:b']) {
      await assert.rejects(tier.removePartition(partition), RangeError, partition);
    }
  });

  it('takes no text for a key that has anything but base64url in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (partition, digest) => {
        const plain = /^[\w-]{1,128}$/;
        if (plain.test(partition) && plain.test(digest)) return;
        assert.throws(() => coldName(`${partition}:${digest}`), RangeError);
      }),
    );
  });

  it('leaves nothing in transit, whether it stored or failed', async () => {
    await tier.put('partition:digest', Buffer.from('x'));
    await mkdir(join(folder, 'partition', 'folder', 'inside'), { recursive: true });
    await assert.rejects(tier.put('partition:folder', Buffer.from('x')));
    assert.deepEqual(await readdir(join(folder, '.transit')), []);
  });

  it('lets only its own user read', async () => {
    await tier.put('partition:digest', Buffer.from('x'));
    assert.equal((await stat(join(folder, 'partition', 'digest'))).mode & 0o077, 0);
    assert.equal((await stat(join(folder, 'partition'))).mode & 0o077, 0);
  });

  it('replaces what a link stands for by the record, and does not write through it', async () => {
    const outside = join(folder, 'outside');
    await writeFile(outside, 'untouched');
    await mkdir(join(folder, 'partition'));
    await symlink(outside, join(folder, 'partition', 'digest'));
    await tier.put('partition:digest', Buffer.from('x'));
    assert.equal((await stat(outside)).size, 'untouched'.length);
    assert.equal((await tier.get('partition:digest'))?.toString(), 'x');
  });

  it('clears away what a crash left, and not what another process is at', async () => {
    const transit = join(folder, '.transit');
    await tier.put('partition:digest', Buffer.from('x'));
    await writeFile(join(transit, 'file'), 'half a rec');
    await mkdir(join(transit, 'folder'));
    await writeFile(join(transit, 'folder', 'record'), 'x');
    await FolderColdTier.open(folder);
    assert.deepEqual((await readdir(transit)).sort(), ['file', 'folder']);
    const again = await FolderColdTier.open(folder, fixedClock(Date.now() + 2 * 3600_000));
    assert.deepEqual(await readdir(transit), []);
    assert.equal((await again.get('partition:digest'))?.toString(), 'x');
  });
});
