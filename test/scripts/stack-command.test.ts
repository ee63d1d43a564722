import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from '../support/commands/command.ts';

describe('the commands that need a Pulumi CLI', () => {
  let empty: string;
  before(async () => (empty = await mkdtemp(join(tmpdir(), 'wedsync-path-'))));
  after(() => rm(empty, { recursive: true }));

  it('say how to get one where there is none, and what works without', async () => {
    const up = new Command('scripts/up.ts', ['uk-south'], { PATH: empty });
    assert.equal(await up.exited, 2);
    assert.match(
      up.error,
      /^This needs the Pulumi CLI, and there is none on the PATH\. Install it .*npm run preview -- STACK\n$/,
    );
  });

  for (const args of [[], ['paris'], ['uk-south', 'uk-west']]) {
    it(`take one stack, not ${args.join(' and ') || 'none'}`, async () => {
      const up = new Command('scripts/up.ts', args);
      assert.equal(await up.exited, 2);
      assert.match(up.error, /^npm run up takes one stack: uk-south, uk-west, eu-west\. Given: /);
    });
  }

  it('have a help text that names their options', async () => {
    const help = new Command('scripts/destroy.ts', ['--help']);
    assert.equal(await help.exited, 0);
    for (const option of ['STACK', '--dry-run', '--yes', '--help']) assert.ok(help.output.includes(option), option);
  });
});
