import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { hashOfToken } from '../../../services/region-operator/src/contract.ts';
import { Accounts, AccountsError } from '../../../services/region-operator/src/sign-in/accounts.ts';
import { Attempts } from '../../../services/region-operator/src/sign-in/attempts.ts';
import { hashOfPassword, isSecret, isSecretHash } from '../../../services/region-operator/src/sign-in/secrets.ts';
import { Sessions } from '../../../services/region-operator/src/sign-in/sessions.ts';
import { TestClock } from '../cache-engine/support/doubles.ts';

const HASH_PASSWORD = fileURLToPath(new URL('../../../services/region-operator/src/hash-password.ts', import.meta.url));
const KEY = 'k'.repeat(48);
const clockAt = () => new TestClock('2026-08-12T10:00:00Z');

describe('Secrets', () => {
  it('are known again by their hash, whichever way an accent was typed, and no others are', async () => {
    const hash = await hashOfPassword('caf\u00e9 under the elms');
    assert.ok(isSecretHash(hash));
    assert.equal(await isSecret('cafe\u0301 under the elms', hash), true);
    assert.equal(await isSecret('cafe under the elms', hash), false);
    assert.equal(await isSecret('a token', hashOfToken('a token')), true);
    assert.equal(await isSecret('another', hashOfToken('a token')), false);
  });

  it('are hashed differently each time, so that equal passwords do not show', async () => {
    assert.notEqual(await hashOfPassword('the same for both'), await hashOfPassword('the same for both'));
  });

  it('take no hash that would cost all memory, or is of no known kind', () => {
    const tail = `${'A'.repeat(22)}:${'A'.repeat(43)}`;
    for (const hash of [`scrypt:4194304:8:1:${tail}`, `scrypt:1000:8:1:${tail}`, 'md5:00', 'plain'])
      assert.equal(isSecretHash(hash), false, hash);
  });

  it('are hashed for the accounts file by a command, short ones refused', () => {
    const run = (input: string) => spawnSync(process.execPath, [HASH_PASSWORD], { input, encoding: 'utf8' });
    assert.ok(isSecretHash(run('a long enough password\n').stdout.trim()));
    const short = run('short\n');
    assert.deepEqual([short.status, short.stdout], [1, '']);
    assert.match(short.stderr, /has 5 characters; it needs 12/);
  });
});

describe('The accounts file', () => {
  const hash = hashOfToken('t');

  it('may have comments and empty lines', () => {
    const accounts = Accounts.parse(`# on call\n\nada admin ${hash}\n  bo viewer ${hash}\n`, 'accounts');
    assert.deepEqual([accounts.find('ada')?.role, accounts.find('bo')?.role], ['admin', 'viewer']);
  });

  for (const [what, text, message] of [
    ['a role that does not exist', `ada root ${hash}`, /line 1: the role of ada is "root"; it must be one of viewer/],
    ['a secret in the clear', 'ada admin secret', /line 1: the secret of ada is not hashed/],
    ['a name twice', `ada admin ${hash}\nada viewer ${hash}`, /line 2: ada is there twice/],
    ['a name that could not be typed', `a:b admin ${hash}`, /line 1: a name has/],
    ['nobody', '# empty', /has no account/],
  ] as const) {
    it(`is refused with ${what}`, () => {
      assert.throws(
        () => Accounts.parse(text, 'accounts'),
        (error) => error instanceof AccountsError && message.test(error.message),
      );
    });
  }

  it('admits by name and secret together', async () => {
    const accounts = Accounts.parse(`ada admin ${hash}`, 'accounts');
    assert.equal((await accounts.admit('ada', 't'))?.role, 'admin');
    assert.equal(await accounts.admit('ada', 'wrong'), undefined);
    assert.equal(await accounts.admit('bo', 't'), undefined);
    assert.equal(await accounts.admit('bo', ''), undefined);
  });
});

describe('Attempts to sign in', () => {
  const wrong = async () => undefined;

  it('have to wait after five, longer each time, up to a minute', async () => {
    const clock = clockAt();
    const attempts = new Attempts(clock);
    for (let attempt = 0; attempt < 5; attempt++) {
      assert.equal(attempts.wait('ada'), 0);
      await attempts.check('ada', wrong);
    }
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      const wait = attempts.wait('ada');
      waits.push(wait / 1000);
      clock.pass(wait / 1000);
      assert.equal(attempts.wait('ada'), 0);
      await attempts.check('ada', wrong);
    }
    assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
    assert.equal(attempts.wait('bo'), 0);
    clock.pass(15 * 60);
    assert.equal(attempts.wait('ada'), 0);
  });

  it('are counted before they are answered, and forgotten when one is right', async () => {
    const attempts = new Attempts(clockAt());
    const answers: (() => void)[] = [];
    const slow = () => new Promise<string>((resolve) => answers.push(() => resolve('ada')));
    const all = Array.from({ length: 5 }, () => attempts.check('ada', slow));
    assert.equal(attempts.wait('ada'), 1000);
    // Two are checked at once; each that ends lets the next begin.
    for (let ended = 0; ended < 5; ended++) {
      assert.ok(answers.length <= 2);
      answers.shift()?.();
      await all[ended];
    }
    assert.equal(attempts.wait('ada'), 0);
  });

  it('are turned away while too many wait', () => {
    const attempts = new Attempts(clockAt());
    for (let each = 0; each < 18; each++) void attempts.check(`name-${each}`, () => new Promise<undefined>(() => {}));
    assert.equal(attempts.crowded, true);
  });
});

describe('Sessions', () => {
  const accountsOf = (text: string) => Accounts.parse(text, 'accounts');
  const ada = `ada operator ${hashOfToken('t')}`;
  const setUp = () => {
    const clock = clockAt();
    const given = { accounts: accountsOf(ada) };
    const sessions = new Sessions(KEY, () => given.accounts, clock);
    const begin = async () => {
      const account = given.accounts.find('ada');
      assert.ok(account);
      return (await sessions.begin(account)).token;
    };
    return { clock, given, sessions, begin };
  };

  it('last twelve hours', async () => {
    const { clock, sessions, begin } = setUp();
    const token = await begin();
    clock.pass(12 * 3600 - 1);
    assert.equal((await sessions.read(token))?.account.name, 'ada');
    clock.pass(2);
    assert.equal(await sessions.read(token), undefined);
  });

  it('have the role that the accounts say now, and end with a new secret or with the account', async () => {
    const { given, sessions, begin } = setUp();
    const token = await begin();
    given.accounts = accountsOf(ada.replace('operator', 'viewer'));
    assert.equal((await sessions.read(token))?.account.role, 'viewer');
    given.accounts = accountsOf(`ada operator ${hashOfToken('another')}`);
    assert.equal(await sessions.read(token), undefined);
    given.accounts = accountsOf(`bo operator ${hashOfToken('t')}`);
    assert.equal(await sessions.read(token), undefined);
  });

  it('are not taken from anybody who has another key, or none', async () => {
    const { given, clock, sessions, begin } = setUp();
    const other = new Sessions('o'.repeat(48), () => given.accounts, clock);
    const [header, payload] = (await begin()).split('.');
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    assert.equal(await other.read(await begin()), undefined);
    for (const token of ['', 'x.y.z', `${header}.${payload}.`, `${unsigned}.${payload}.`])
      assert.equal(await sessions.read(token), undefined, token);
  });

  it('want a key that cannot be guessed', () => {
    const { given, clock } = setUp();
    assert.throws(() => new Sessions('short', () => given.accounts, clock), /has 5 characters; it needs 32/);
  });
});
