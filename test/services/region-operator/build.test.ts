import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stop } from 'esbuild';
import { build } from '../../../services/region-operator/build.ts';
import { HTTP_PORT } from '../../../services/region-operator/src/contract.ts';

describe('The build of the region’s operator', () => {
  let folder: string;
  before(async () => {
    // Outside of the repository: nothing there finds the repository's packages.
    folder = await mkdtemp(join(tmpdir(), 'region-operator-build-'));
    await build(folder);
    await stop();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const run = (file: string, input = '') =>
    spawnSync(process.execPath, [join(folder, file)], { cwd: folder, env: {}, input, encoding: 'utf8' });

  it('starts with nothing but its own files, and asks at once for all that the environment does not say', () => {
    const { stderr, status } = run('main.js');
    assert.equal(status, 1);
    for (const name of [
      'REGION',
      'PROMETHEUS_URL',
      'ENGINE_URL',
      'ADMIN_TOKEN_FILE',
      'ACCOUNTS_FILE',
      'SESSION_KEY_FILE',
    ])
      assert.match(stderr, new RegExp(`${name} is not set: it must be`));
  });

  it('hashes a password for the accounts file', () => {
    assert.match(run('hash-password.js', 'a long enough password').stdout, /^scrypt:131072:8:1:[\w-]{22}:[\w-]{43}\n$/);
  });

  it('goes into an image that tells the port on which it listens', () => {
    const dockerfile = readFileSync(new URL('../../../services/region-operator/Dockerfile', import.meta.url), 'utf8');
    assert.match(dockerfile, new RegExp(`^EXPOSE ${HTTP_PORT}$`, 'm'));
  });
});
