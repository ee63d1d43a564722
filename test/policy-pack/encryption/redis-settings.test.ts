import assert from 'node:assert/strict';
import {
  isMainConfiguration,
  parseConfiguration,
  parseOptions,
  weaknessesOf,
} from '../../../policy-pack/encryption/redis-settings.ts';

const GOOD = 'port 0\ntls-port 6379\ntls-cluster yes\ntls-replication yes\ntls-protocols "TLSv1.3"\n';

describe('Settings of Redis', () => {
  it('are read as Redis reads them: any case, comments left out, the last one holds', () => {
    const settings = parseConfiguration('# port 1\n  PORT 2\n\nport 3 # here too\r\ntls-protocols "TLSv1.2 TLSv1.3"');
    assert.deepEqual(settings.get('port'), ['3', '#', 'here', 'too']);
    assert.deepEqual(settings.get('tls-protocols'), ['TLSv1.2', 'TLSv1.3']);
  });

  it('are read from a command line', () => {
    const settings = parseOptions([
      'redis-server',
      '/etc/redis.conf',
      '--port',
      '0',
      '--save',
      '--tls-protocols',
      'TLSv1.3',
    ]);
    assert.deepEqual(
      [...settings],
      [
        ['port', ['0']],
        ['save', []],
        ['tls-protocols', ['TLSv1.3']],
      ],
    );
  });

  it('leave nothing in the clear when all five are right', () => {
    assert.deepEqual(weaknessesOf(parseConfiguration(GOOD), { complete: true }), []);
  });

  it('count as wrong when they are missing from what is complete, and only then', () => {
    const names = weaknessesOf(new Map(), { complete: true }).map(({ name }) => name);
    assert.deepEqual(names, ['port', 'tls-port', 'tls-cluster', 'tls-replication', 'tls-protocols']);
    assert.deepEqual(weaknessesOf(new Map(), { complete: false }), []);
  });

  it('tell a main file by its name or by what it sets', () => {
    assert.ok(isMainConfiguration('redis.conf', new Map()));
    assert.ok(isMainConfiguration('x', parseConfiguration('cluster-enabled yes')));
    assert.ok(!isMainConfiguration('replication.conf', parseConfiguration('masteruser replica')));
    assert.ok(!isMainConfiguration('nginx.conf', parseConfiguration('port 80')));
  });
});
