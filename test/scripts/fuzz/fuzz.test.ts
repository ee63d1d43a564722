import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentFor } from '../../../scripts/lib/fuzz/document.ts';
import { parseFuzzOptions } from '../../../scripts/lib/fuzz/options.ts';
import { ensureSchemathesis } from '../../../scripts/lib/fuzz/schemathesis.ts';
import { startEngine } from '../../services/cache-engine/support/engine.ts';

describe('npm run fuzz', () => {
  it('draws a seed unless it is given one, and takes bounds that are whole numbers', () => {
    const plain = { help: false, maxExamples: 30, seed: 5, operation: undefined };
    assert.deepEqual(parseFuzzOptions([], 5), plain);
    const args = ['--seed', '9', '--max-examples', '200', '--operation', 'explain'];
    assert.deepEqual(parseFuzzOptions(args, 5), { ...plain, seed: 9, maxExamples: 200, operation: 'explain' });
    for (const wrong of [['--max-examples', '0'], ['--seed', 'x'], ['--seed=-1'], ['--seed', '4294967296']])
      assert.throws(() => parseFuzzOptions(wrong, 5), { name: 'UsageError', message: /Allowed: a whole number/ });
    assert.throws(() => parseFuzzOptions(['--more'], 5), { name: 'UsageError' });
  });

  it('says in one sentence what is needed where there is no python3', async () => {
    const { PATH, XDG_CACHE_HOME } = process.env;
    const folder = mkdtempSync(join(tmpdir(), 'wedsync-fuzz-test-'));
    let told = 0;
    try {
      Object.assign(process.env, { PATH: folder, XDG_CACHE_HOME: folder });
      await assert.rejects(
        ensureSchemathesis(() => told++, new AbortController().signal),
        {
          name: 'UserError',
          message: /^python3 with its venv module is needed: install .* It said: .*ENOENT/,
        },
      );
      assert.equal(told, 1);
    } finally {
      for (const [name, value] of Object.entries({ PATH, XDG_CACHE_HOME }))
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      rmSync(folder, { recursive: true });
    }
  });

  it('reads the engine’s own document, with the vendor that its key permits', async () => {
    const engine = await startEngine();
    const target = { url: engine.url, vendorId: 'a-vendor', vendorKey: '', adminToken: '' };
    const text = await documentFor(target, new AbortController().signal);
    assert.equal(text.match(/"enum":\["a-vendor"\]/g)?.length, 2);
    assert.match(text, /"anyOf":\[\{"type":"object","required":\["role","content"\]/);
    await engine.close();
  });
});
