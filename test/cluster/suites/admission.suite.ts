import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../../scripts/lib/cluster-tests/run.ts';
import { writeSuites } from '../admission/suites.ts';
import { program } from '../control-plane/programs.ts';

describe('the rules at admission, judged by Gatekeeper itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wedsync-gator-'));

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('refuse what they should, in the words that they should, and let pass the rest (gator verify)', async () => {
    writeSuites(folder);
    const { code, stdout, stderr } = await runCommand([program('gator'), 'verify', join(folder, '...'), '-v']);
    assert.equal(code, 0, stdout + stderr);
    const passed = stdout.match(/^\s*--- PASS: /gm) ?? [];
    assert.ok(passed.length > 20, `${passed.length} cases passed`);
  });
});
