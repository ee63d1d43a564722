import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { aclFile, replicationConfiguration, SYSTEM_USERS } from '../../../components/redis/acl.ts';

const PASSWORDS: Record<string, string> = { engine: 'e' };
for (const { name } of SYSTEM_USERS) PASSWORDS[name] = name.charAt(0);
const ENGINE = { name: 'engine', keys: ['answer:*'], commands: ['+get', '+set'] };

describe('the ACL of a Redis Cluster', () => {
  it('lets nobody in as the default user', () => {
    const [first] = aclFile(SYSTEM_USERS, PASSWORDS).split('\n');
    assert.equal(first, 'user default off resetpass ~* &* +@all');
  });

  it('gives a user its keys and commands and nothing else, its password only as a hash', () => {
    const file = aclFile([...SYSTEM_USERS, ENGINE], PASSWORDS);
    const hash = createHash('sha256').update('e').digest('hex');
    assert.ok(file.split('\n').includes(`user engine on #${hash} resetchannels -@all ~answer:* +get +set`));
  });

  it('opens channels only to a user that names them', () => {
    const listener = { ...ENGINE, channels: ['answer:*'] };
    const file = aclFile([listener], PASSWORDS);
    assert.match(file, /^user engine on #\S+ resetchannels -@all ~answer:\* &answer:\* \+get \+set$/m);
  });

  it('gives no system user access to data but those that move or restore it, and those no command to read or change it', () => {
    const lines = aclFile(SYSTEM_USERS, PASSWORDS).split('\n').slice(1).filter(Boolean);
    assert.equal(lines.length, SYSTEM_USERS.length);
    for (const line of lines)
      assert.doesNotMatch(line, /^user (reshard|restore) /.test(line) ? /\+@|\+(get|set|del)/ : /~|\+@/);
  });

  it('lets the user of backups copy as a replica does, and change nothing', () => {
    const line = aclFile(SYSTEM_USERS, PASSWORDS).match(/^user backup .*$/m)?.[0] ?? '';
    assert.match(line, / resetchannels -@all \+sync \+replconf \+info \+cluster\|nodes \+cluster\|info$/);
  });

  it('refuses a user without a password', () => {
    assert.throws(() => aclFile([ENGINE], {}), /Redis user engine has no password/);
  });

  it('logs replicas in as the replica user', () => {
    assert.equal(replicationConfiguration(PASSWORDS), 'masteruser replica\nmasterauth "r"\n');
  });
});
