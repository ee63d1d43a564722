import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../../scripts/lib/root.ts';
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

  /** A PATH with a CLI on it that does what the lines of shell say. */
  async function pathWith(lines: readonly string[]): Promise<{ PATH: string }> {
    const folder = await mkdtemp(join(empty, 'cli-'));
    await writeFile(join(folder, 'pulumi'), ['#!/bin/sh', ...lines].join('\n'), { mode: 0o755 });
    return { PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` };
  }
  const upWith = async (lines: readonly string[]) => new Command('scripts/up.ts', ['uk-south'], await pathWith(lines));
  const VERSION = '[ "$1" = version ] && echo v3.270.0 && exit';
  const STACK = '[ "$1" = stack ] && exit';

  it('show once what the CLI says, also when it refuses, and no stack of ours', async () => {
    const up = await upWith([
      VERSION,
      STACK,
      'echo "Policies: image-pinned"',
      'echo "error: preview failed" >&2',
      'exit 1',
    ]);
    assert.equal(await up.exited, 1);
    assert.equal(up.output.match(/Policies/g)?.length, 1, up.output);
    assert.equal(up.error, 'error: preview failed\n');
  });

  it('let a Ctrl-C in a terminal reach the CLI once: a second one would have it drop what it does', async () => {
    const atWork = [
      'let times = 0;',
      "process.on('SIGINT', () => times++);",
      "setTimeout(() => { console.log('interrupted', times, 'times'); process.exit(1); }, 1500);",
      "console.log('at work');",
    ];
    const script = join(empty, 'at-work.cjs');
    await writeFile(script, atWork.join('\n'));
    const environment = await pathWith([VERSION, STACK, `exec ${process.execPath} ${script}`]);
    const terminal = spawn('script', ['-qec', `${process.execPath} scripts/up.ts uk-south`, '/dev/null'], {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let screen = '';
    terminal.stdout.on('data', (part: Buffer) => {
      if (!screen.includes('at work') && part.includes('at work')) terminal.stdin.write('\x03');
      screen += part.toString();
    });
    await once(terminal, 'close');
    assert.match(screen, /interrupted 1 times\r\nInterrupted\.\r\n$/);
  });

  it('begin nothing after an interruption that came before', async () => {
    const asked = join(empty, 'asked');
    const cli = [VERSION, `echo "$1" >> ${asked}`, '[ "$1" = stack ] && sleep 1'];
    const up = await upWith(cli);
    while (!existsSync(asked)) await delay(20);
    assert.equal(await up.end('SIGTERM'), 130);
    assert.deepEqual(new Set(readFileSync(asked, 'utf8').trim().split('\n')), new Set(['stack']));
  });

  it("say in the CLI's words why it has no stack", async () => {
    const up = await upWith([VERSION, 'echo "error: passphrase must be set" >&2', 'exit 255']);
    assert.equal(await up.exited, 1);
    assert.equal(up.error, 'error: passphrase must be set\n');
  });

  it('have a help text that names their options', async () => {
    const help = new Command('scripts/destroy.ts', ['--help']);
    assert.equal(await help.exited, 0);
    for (const option of ['STACK', '--dry-run', '--yes', '--help']) assert.ok(help.output.includes(option), option);
  });
});
