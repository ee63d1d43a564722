import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../../..');

async function preview(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts/preview.ts'), ...args], { cwd: ROOT });
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await exited, stdout, stderr };
}

describe('npm run preview', function () {
  this.timeout(60_000);

  it('shows its help', async () => {
    const { code, stdout } = await preview('--help');
    assert.equal(code, 0);
    assert.match(stdout, /^Shows what an update of a region would create/);
  });

  it('exits with 2 and one sentence for wrong usage', async () => {
    const { code, stdout, stderr } = await preview('mars');
    assert.deepEqual([code, stdout], [2, '']);
    assert.equal(stderr, 'There is no stack "mars". Allowed: uk-south, uk-west, eu-west.\n');
  });

  it('prints JSON alone, and allows a region on a Wednesday', async () => {
    const { code, stdout } = await preview('uk-south', '--json', '--at', '2026-04-15T10:00');
    const { resources, violations } = JSON.parse(stdout) as { resources: unknown[]; violations: unknown[] };
    assert.deepEqual([code, violations], [0, []]);
    assert.ok(resources.length > 50);
  });

  it('forbids a change on Friday at 23:30 UTC in summer, which is Saturday in London', async () => {
    const { code, stdout } = await preview('uk-south', '--at', '2026-04-17T23:30Z');
    assert.equal(code, 1);
    assert.match(stdout, /^Preview of uk-south as of Saturday 18 April 2026 00:30 BST\n/);
    assert.match(stdout, /\[mandatory\] saturday-freeze/);
    assert.match(stdout, /An update is not allowed\.\n$/);
  });
});
