import assert from 'node:assert/strict';
import { aclUsers, userOf } from '../../../policy-pack/redis/users.ts';

describe('Users of Redis', () => {
  it('are what their rules come to, one after the other', () => {
    const { on, allCommands, allKeys, withoutPassword } = userOf('a', [
      'on',
      'nopass',
      '~*',
      '+@all',
      '-@all',
      'resetkeys',
      'resetpass',
    ]);
    assert.deepEqual([on, allCommands, allKeys, withoutPassword], [true, false, false, false]);
    assert.equal(userOf('a', ['on', '+@all', 'reset']).on, false);
    assert.equal(userOf('a', []).on, false);
  });

  it('show no password', () => {
    assert.equal(userOf('a', ['on', '>swordfish', '#0123', '~a:*']).rules, 'on >… #… ~a:*');
  });

  it('are read from files with other lines', () => {
    const text = '# user none on\nport 0\nuser default off\n  user engine on #0 ~a:* +get\n';
    assert.deepEqual(
      aclUsers(text).map(({ name }) => name),
      ['default', 'engine'],
    );
  });
});
