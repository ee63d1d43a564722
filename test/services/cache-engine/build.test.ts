import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stop } from 'esbuild';
import { build } from '../../../services/cache-engine/build.ts';

const MEGABYTE = 1e6;

describe('The build of the cache engine', () => {
  let folder: string;

  before(async () => {
    // Outside of the repository: nothing there finds the repository's packages.
    folder = await mkdtemp(join(tmpdir(), 'cache-engine-build-'));
    const probe = fileURLToPath(new URL('support/embed-and-search.ts', import.meta.url));
    await build(folder, { 'embed-and-search': probe });
    await stop();
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('embeds and searches with nothing but its own files', () => {
    const script = join(folder, 'embed-and-search.js');
    const stored = [
      'Is there parking at the barn?',
      'What does the photographer charge for a full day?',
      'Who cuts the cake?',
    ];
    const asked = 'How much is a photographer for the whole day?';
    // A bare environment: NODE_PATH or NODE_OPTIONS could lead out of the folder.
    const { stdout, stderr, status } = spawnSync(process.execPath, [script, asked, ...stored], {
      cwd: folder,
      env: {},
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    const found = JSON.parse(stdout) as { readonly id: string; readonly similarity: number }[];
    assert.deepEqual(
      found.map(({ id }) => id),
      [stored[1], stored[1]],
    );
    for (const { similarity } of found) assert.ok(similarity > 0.7 && similarity < 1, String(similarity));
  });

  it('starts, and asks for what the environment does not say', () => {
    const { stderr, status } = spawnSync(process.execPath, [join(folder, 'main.js')], {
      cwd: folder,
      env: {},
      encoding: 'utf8',
    });
    assert.equal(status, 1);
    assert.match(stderr, /is not set: it must be/);
  });

  it('has machine code for this platform only', () => {
    const libraries = globSync('**/*.{node,so*,dylib,dll}', { cwd: folder });
    assert.ok(libraries.length >= 3, libraries.join());
    for (const library of libraries) assert.match(library, new RegExp(`${process.platform}.*${process.arch}`));
    const sizes = globSync('**/*', { cwd: folder }).map((file) => statSync(join(folder, file)).size);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(total < 120 * MEGABYTE, `${Math.round(total / MEGABYTE)} MB`);
  });

  it('takes the licences of model and packages along', async () => {
    assert.match(await readFile(join(folder, 'model/README.md'), 'utf8'), /Apache-2\.0/);
    assert.match(await readFile(join(folder, 'node_modules/usearch/LICENSE'), 'utf8'), /Apache License/);
    const runtime = await readFile(join(folder, 'node_modules/onnxruntime-node/package.json'), 'utf8');
    assert.match(runtime, /"license": "MIT"/);
  });
});
