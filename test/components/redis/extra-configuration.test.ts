import assert from 'node:assert/strict';
import { configurationLines, refusedLine } from '../../../components/redis/extra-configuration.ts';

describe('lines that a stack adds to the configuration of Redis', () => {
  const refused = {
    encryption: ['port 6379', 'TLS-protocols "TLSv1.2"', 'tls-cluster no', 'bind 0.0.0.0', 'protected-mode no'],
    users: ['user default on nopass ~* +@all', 'requirepass x', 'rename-command CONFIG ""', 'enable-debug-command yes'],
    cluster: ['cluster-enabled no', 'cluster-require-full-coverage yes'],
    persistence: ['appendonly no', 'appendfsync no', 'save ""', 'dir /tmp', 'aof-load-truncated no'],
    eviction: ['maxmemory 1gb', 'maxmemory-policy noeviction'],
    replication: ['min-replicas-to-write 0', 'replicaof 10.0.0.1 6379', 'replica-announce-ip 10.0.0.1'],
    'what nobody has looked at': ['include /tmp/x.conf', 'loadmodule /tmp/x.so'],
    'the Pod': ['daemonize yes', 'logfile /tmp/log'],
  };
  for (const [what, lines] of Object.entries(refused)) {
    it(`may not change ${what}`, () => {
      for (const line of lines) assert.equal(refusedLine(['slowlog-max-len 1', line])?.line, line);
    });
  }

  it('may tune what is left', () => {
    const lines = ['slowlog-max-len 256', 'hz 20', 'client-output-buffer-limit pubsub 64mb 16mb 60', 'timeout 0'];
    assert.equal(refusedLine(lines), undefined);
  });

  it('must be directives with a value', () => {
    for (const line of ['slowlog-max-len', '--port 6379', '"port" 6379', '!'])
      assert.match(refusedLine([line])?.reason ?? '', /no directive with a value/, line);
  });

  it('are taken one by one, without comments and empty lines', () => {
    assert.deepEqual(configurationLines('\n# why\n  hz 20 \n\nslowlog-max-len 1\n'), ['hz 20', 'slowlog-max-len 1']);
  });
});
