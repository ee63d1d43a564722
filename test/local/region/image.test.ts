import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderImageBuilder } from '../../../local/region/image.ts';

describe('the image that is a folder', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'wedsync-image-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps its digest while its files are the same, and changes it with any of them', async () => {
    const build = () => folderImageBuilder(() => folder)({ tags: ['registry.example/engine:1'] });
    await writeFile(join(folder, 'main.js'), 'one');
    const first = await build();
    assert.match(first.ref, /^registry\.example\/engine:1@sha256:[0-9a-f]{64}$/);
    assert.deepEqual(await build(), first);
    await writeFile(join(folder, 'main.js'), 'two');
    assert.notEqual((await build()).digest, first.digest);
  });

  it('needs a tag', async () => {
    await assert.rejects(folderImageBuilder(() => folder)({}), /The image has no tag/);
  });

  it('is of a service that is built here', async () => {
    const unknown = folderImageBuilder(() => undefined)({ tags: ['registry.example/other:1'] });
    await assert.rejects(unknown, /Nothing on this machine stands for the image registry.example\/other:1/);
  });
});
