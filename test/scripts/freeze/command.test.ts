import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REGION_NAMES, type RegionName } from '@wedsync/domain';
import type { FreezeStatus } from '../../../scripts/lib/freeze/status.ts';
import { Command } from '../../support/commands/command.ts';
import { TestClone } from '../../support/git/clone.ts';

/** A calendar with one busy Friday. */
const calendarOf = (region: RegionName) => ({
  region,
  asOf: '2026-11-25',
  source: 'a test',
  first: '2026-01-01',
  last: '2029-12-31',
  weddingsAYear: 365_242,
  expectedWeddings: { '2027-08-06': 2200 },
});

async function freeze(...args: string[]): Promise<{ code: number | null; output: string; error: string }> {
  const command = new Command('scripts/freeze.ts', args);
  const code = await command.exited;
  return { code, output: command.output, error: command.error };
}

describe('npm run freeze', function () {
  this.timeout(60_000);

  let keys: string;
  let clone: TestClone;
  before(() => {
    keys = mkdtempSync(join(tmpdir(), 'wedsync-freeze-'));
    clone = new TestClone();
    for (const region of REGION_NAMES)
      clone.write(`config/bookings/${region}.json`, JSON.stringify(calendarOf(region)));
  });
  after(() => {
    rmSync(keys, { recursive: true });
    clone[Symbol.dispose]();
  });
  const status = (...args: string[]) => freeze('status', ...args, '--repository', clone.folder);

  it('has a help text that names its commands and options', async () => {
    const { code, output } = await freeze('--help');
    assert.equal(code, 0);
    for (const word of [
      'status',
      'keygen',
      'request',
      'approve',
      'check',
      '--at',
      '--reason',
      '--json',
      'Exit codes',
    ]) {
      assert.ok(output.includes(word), word);
    }
  });

  for (const [args, says] of [
    [['thaw'], /^The command is "thaw"\. Allowed: status, keygen, request, approve, check\./],
    [['status', 'paris'], /^There is no stack "paris"\. Allowed: uk-south, uk-west, eu-west\.\n$/],
  ] as const) {
    it(`exits with 2 and a sentence: ${args.join(' ')}`, async () => {
      const { code, output, error } = await freeze(...args);
      assert.deepEqual([code, output], [2, '']);
      assert.match(error, says);
    });
  }

  it('says whether a stack is frozen, until when, and what comes next', async () => {
    const [during, before] = await Promise.all([
      status('uk-south', '--at', '2027-08-06T12:00', '--next', '0'),
      status('uk-south', '--at', '2027-08-05T12:00', '--next', '2'),
    ]);
    assert.deepEqual([during.code, before.code], [0, 0]);
    assert.equal(
      during.output,
      'uk-south is frozen until Sunday 8 August 2027 00:00 BST. The bookings calendar marks this day as busy, with 2.2 times an ' +
        "average day's weddings.\n",
    );
    assert.equal(
      before.output,
      [
        'uk-south is not frozen on Thursday 5 August 2027 12:00 BST.',
        '  next  Friday 6 August 2027 00:00 BST to Sunday 8 August 2027 00:00 BST: busy (2.2 × an average day), Saturday',
        '  next  Saturday 14 August 2027 00:00 BST to Sunday 15 August 2027 00:00 BST: Saturday',
        '',
      ].join('\n'),
    );
  });

  it('says it as JSON, by the settings of the policy pack', async () => {
    const config = join(keys, 'policies.json');
    writeFileSync(config, '{ "saturday-freeze": { "beginsDayBefore": "18:00", "enforcementLevel": "mandatory" } }');
    const { output } = await status('--at', '2026-04-17T18:00', '--policy-pack-config', config, '--json');
    const statuses = JSON.parse(output) as FreezeStatus[];
    assert.deepEqual(
      statuses.map(({ stack, zone, frozen, current, next }) => [stack, zone, frozen, current?.until, next.length]),
      [
        ['uk-south', 'Europe/London', true, '2026-04-18T23:00:00.000Z', 4],
        ['uk-west', 'Europe/London', true, '2026-04-18T23:00:00.000Z', 4],
        ['eu-west', 'Europe/Dublin', true, '2026-04-18T23:00:00.000Z', 4],
      ],
    );
  });

  it('says that it knows nothing of the days before and after its calendar', async () => {
    const [before, after] = await Promise.all([
      status('eu-west', '--at', '2025-12-30', '--next', '1'),
      status('eu-west', '--at', '2029-12-28'),
    ]);
    assert.match(
      before.output,
      /The bookings calendar begins on Thursday 1 January 2026: before that only Saturdays are known\.\n$/,
    );
    assert.match(
      after.output,
      /The bookings calendar ends on Monday 31 December 2029: after that only Saturdays are known\.\n$/,
    );
  });

  describe('with a token', () => {
    const keyOf = (name: string) => join(keys, `${name}.json`);
    const NAMES = ['requester', 'first', 'second', 'stranger'];
    const inClone = (command: string, name: string, ...args: string[]) =>
      freeze(command, ...args, '--repository', clone.folder, '--key', keyOf(name));

    before(async () => {
      clone.write('.gitignore', '.wedsync/\n');
      const made = await Promise.all(NAMES.map((name) => inClone('keygen', name, '--name', name, '--json')));
      const entries = made.map(({ output }) => (JSON.parse(output) as { entry: { name: string } }).entry);
      const approvers = entries.filter(({ name }) => name !== 'stranger');
      clone.write('config/approvers.json', JSON.stringify({ approvers }));
      clone.commit('Something urgent');
    });
    async function requested(...args: string[]): Promise<string> {
      const { output, error } = await inClone(
        'request',
        'requester',
        'uk-south',
        '--reason',
        'wrong',
        '--json',
        ...args,
      );
      assert.equal(error, '');
      return (JSON.parse(output) as { file: string }).file;
    }

    it('makes a key for its owner alone, never over another', async () => {
      assert.equal(statSync(keyOf('requester')).mode & 0o777, 0o600);
      const before = readFileSync(keyOf('requester'), 'utf8');
      const { code, error } = await inClone('keygen', 'requester', '--name', 'requester');
      assert.equal(code, 1);
      assert.match(error, /^The key cannot be written to .*EEXIST/);
      assert.equal(readFileSync(keyOf('requester'), 'utf8'), before);
    });

    it('is asked for, approved by two others, and then holds', async () => {
      const file = await requested();
      const checked = await inClone('check', 'requester', file);
      assert.deepEqual(
        [checked.code, checked.output.startsWith('It does not hold. Nobody has approved it.')],
        [1, true],
      );

      const first = await inClone('approve', 'first', file, '--yes');
      assert.equal(first.output, 'Approved by first. 1 more has to approve it.\n');
      const again = await inClone('approve', 'first', file, '--yes');
      assert.deepEqual([again.code, again.error], [1, 'first has approved this already. Somebody else has to, too.\n']);
      const own = await inClone('approve', 'requester', file, '--yes');
      assert.equal(own.error, 'requester asked for this change. Somebody else has to approve it.\n');
      const strange = await inClone('approve', 'stranger', file, '--yes');
      assert.match(strange.error, /^This key is nobody's in config\/approvers\.json of the commit\./);

      const second = await inClone('approve', 'second', file, '--yes');
      assert.match(
        second.output,
        /^Approved by first and second\. It goes with one update: WEDSYNC_FREEZE_TOKEN=\S+ npm run up -- uk-south\n$/,
      );
      const held = await inClone('check', 'requester', file);
      assert.equal(held.code, 0);
      assert.match(held.output, /^It holds for uk-south until \S+, approved by first and second\.\n$/);
    });

    it('is approved by nobody who was not asked, and by nobody without a look at the commit', async () => {
      const file = await requested();
      const asked = await inClone('approve', 'first', file);
      assert.equal(asked.code, 2);
      assert.match(asked.error, /asks first, and nobody is there to answer\. Add --yes\.\n$/);
      using other = new TestClone();
      other.commit('Something else');
      const elsewhere = await freeze('approve', file, '--yes', '--repository', other.folder, '--key', keyOf('first'));
      assert.match(elsewhere.error, /^The commit [0-9a-f]{40} is not in this clone\. Fetch it/);
    });

    it('is not made for a working tree that differs from its commit', async () => {
      clone.write('index.ts', '');
      const { code, error } = await inClone('request', 'requester', 'uk-south', '--reason', 'wrong');
      rmSync(join(clone.folder, 'index.ts'));
      assert.equal(code, 1);
      assert.match(error, /^The working tree differs from the commit that would be asked for \(index\.ts\)\./);
    });

    it('is not signed with a key that others can read, or that is none', async () => {
      const open = join(keys, 'open.json');
      writeFileSync(open, readFileSync(keyOf('requester')));
      chmodSync(open, 0o644);
      const ask = (key: string) =>
        freeze('request', 'uk-south', '--reason', 'wrong', '--repository', clone.folder, '--key', key);
      assert.match((await ask(open)).error, /^The key .*open\.json can be read by others\. Allowed: chmod 600/);
      writeFileSync(open, '{}');
      chmodSync(open, 0o600);
      assert.match((await ask(open)).error, /open\.json holds no private Ed25519 key/);
      assert.match(
        (await ask(join(keys, 'none.json'))).error,
        /cannot be read: .* Make one with npm run freeze -- keygen/,
      );
    });

    it('is none if its file holds something else', async () => {
      const { code, error } = await inClone('check', 'first', join(clone.folder, 'config/approvers.json'));
      assert.equal(code, 1);
      assert.match(error, /approvers\.json holds no emergency token\. It has no request/);
    });
  });
});
