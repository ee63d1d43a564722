import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addDays, dateIn } from '@wedsync/domain';
import type { Violation } from '../../local/engine/policy/violation.ts';
import type { ChangeRequest } from '../../policy-pack/freeze/request.ts';
import { buildAll } from '../../scripts/lib/build.ts';
import { TestClone } from '../support/git/clone.ts';
import { goodStack } from './good-stack.ts';
import { type Cast, castOf, goodToken, peopleFile, requestAt } from './support/emergency.ts';
import { Judge, type JudgeOptions } from './support/judge.ts';
import { tokenTwins } from './twins/emergency-token.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

describe('An emergency change under the compiled pack', function () {
  this.timeout(60_000);

  let clone: TestClone;
  let tokens: string;
  let cast: Cast;
  let commit: string;
  let preview: Judge;

  /** A clone in which today is frozen, with the pack as it was built and those who may approve a change. */
  before(async () => {
    await buildAll();
    cast = await castOf();
    clone = new TestClone();
    for (const file of ['dist', 'PulumiPolicy.yaml', 'package.json']) {
      cpSync(path.join(ROOT, 'policy-pack', file), path.join(clone.folder, 'policy-pack', file), { recursive: true });
    }
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(clone.folder, 'node_modules'));
    clone.write('.gitignore', 'node_modules\ndist/\n');
    clone.write('config/approvers.json', peopleFile(cast));
    clone.write('config/bookings/uk-south.json', JSON.stringify(busyNow()));
    commit = clone.commit();
    tokens = mkdtempSync(path.join(tmpdir(), 'wedsync-tokens-'));
    preview = await judgeWith('preview', {});
  });
  after(async () => {
    await preview[Symbol.asyncDispose]();
    clone[Symbol.dispose]();
    rmSync(tokens, { recursive: true });
  });

  const fileOf = (name: string) => path.join(tokens, name);

  /** A pack that takes its token from the file `name`. */
  function judgeWith(name: string, options: JudgeOptions): Promise<Judge> {
    return Judge.start({
      at: '',
      pack: path.join(clone.folder, 'policy-pack'),
      environment: { WEDSYNC_FREEZE_TOKEN: fileOf(name) },
      ...options,
    });
  }

  async function previewed(token: string): Promise<Violation[]> {
    writeFileSync(fileOf('preview'), token);
    return preview.judge(goodStack());
  }

  async function updated(token: string): Promise<Violation[]> {
    writeFileSync(fileOf('update'), token);
    await using update = await judgeWith('update', { dryRun: false });
    return await update.judge(goodStack());
  }

  const request = (): ChangeRequest => requestAt(Date.now(), { commit });

  it('is refused on a busy day, and accepted on the day after', async () => {
    const [busy, next] = ['2027-05-03T12:00', '2027-05-04T00:00'];
    await using refusing = await judgeWith('none', { at: busy, environment: { WEDSYNC_FREEZE_TOKEN: '' } });
    await using accepting = await judgeWith('none', { at: next, environment: { WEDSYNC_FREEZE_TOKEN: '' } });
    const [violation, ...others] = await refusing.judge(goodStack());
    assert.equal(violation?.policy, 'saturday-freeze');
    assert.match(
      violation.message,
      /The bookings calendar marks this day as busy, with 2\.5 times an average day's weddings\./,
    );
    assert.deepEqual(others, []);
    assert.deepEqual(await accepting.judge(goodStack()), []);
  });

  it('is refused on Friday at 18:00 where the stack says so, and accepted before', async () => {
    const config = { 'saturday-freeze': { beginsDayBefore: '18:00' } };
    const options = { config, environment: { WEDSYNC_FREEZE_TOKEN: '' } };
    await using refusing = await judgeWith('none', { ...options, at: '2026-04-17T18:00' });
    await using accepting = await judgeWith('none', { ...options, at: '2026-04-17T17:59' });
    const [violation] = await refusing.judge(goodStack());
    assert.match(
      violation?.message ?? '',
      /The freeze for Saturday 18 April 2026 in London began on Friday 17 April 2026 18:00 BST\./,
    );
    assert.deepEqual(await accepting.judge(goodStack()), []);
  });

  it('is refused without a token', async () => {
    await using judge = await judgeWith('none', { environment: { WEDSYNC_FREEZE_TOKEN: '' } });
    const [violation, ...others] = await judge.judge(goodStack());
    assert.match(violation?.message ?? '', /nothing may change without an emergency token/);
    assert.deepEqual(others, []);
  });

  for (const { title, violating, says } of tokenTwins) {
    it(`is refused with a token ${title}, and accepted with its twin`, async () => {
      const good = request();
      const [violation, ...others] = await previewed(await violating(cast, good));
      assert.deepEqual([violation?.policy, violation?.level], ['saturday-freeze', 'mandatory']);
      assert.ok(violation?.message.includes(says), violation?.message);
      assert.match(violation?.message ?? '', /: the emergency token is .* Without a token, nothing may change until /s);
      assert.deepEqual(others, []);
      assert.deepEqual(await previewed(await goodToken(cast, good)), []);
    });
  }

  it('goes through once: any number of previews, one update, and then neither', async () => {
    const token = await goodToken(cast, request());
    assert.deepEqual(await previewed(token), []);
    assert.deepEqual(await previewed(token), []);
    assert.deepEqual(await updated(token), []);
    for (const again of [await updated(token), await previewed(token)]) {
      assert.deepEqual(
        again.map(({ policy }) => policy),
        ['saturday-freeze'],
      );
      assert.match(again[0]?.message ?? '', /It was used before: on .*, for uk-south\. A token holds once\./);
    }
  });

  it('is refused by an update, too, with a token that a preview would not take', async () => {
    const [violation] = await updated(await goodToken(cast, { ...request(), stack: 'eu-west' }));
    assert.match(violation?.message ?? '', /It is for the stack eu-west, not for uk-south\./);
  });

  it('is refused while the working tree is not what was approved', async () => {
    const token = await goodToken(cast, request());
    clone.write('index.ts', 'export {};\n');
    const [violation] = await previewed(token);
    rmSync(path.join(clone.folder, 'index.ts'));
    assert.match(violation?.message ?? '', /from which the working tree differs \(index\.ts\)/);
    assert.deepEqual(await previewed(token), []);
  });

  it('takes no key that only the working tree knows', async () => {
    const strangers = await castOf();
    clone.write('config/approvers.json', peopleFile(strangers));
    const [violation] = await previewed(await goodToken(strangers, request()));
    clone.git('checkout', '--', '.');
    assert.match(violation?.message ?? '', /nobody's in config\/approvers\.json of the commit/);
  });

  it('is refused with a file that does not exist', async () => {
    await using judge = await judgeWith('nowhere', {});
    const [violation] = await judge.judge(goodStack());
    assert.match(
      violation?.message ?? '',
      /The freeze cannot be judged\. WEDSYNC_FREEZE_TOKEN names the file .*nowhere/,
    );
  });
});

/** A bookings calendar that marks a bank holiday, and yesterday, today and tomorrow: the tests may run past midnight. */
function busyNow(): object {
  const today = dateIn('Europe/London', Date.now());
  return {
    region: 'uk-south',
    asOf: today,
    source: 'a test',
    first: '2020-01-01',
    last: '2099-12-31',
    weddingsAYear: 365_242,
    expectedWeddings: {
      '2027-05-03': 2500,
      [addDays(today, -1)]: 9000,
      [today]: 9000,
      [addDays(today, 1)]: 9000,
    },
  };
}
