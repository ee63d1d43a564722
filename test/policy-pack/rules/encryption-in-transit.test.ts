import assert from 'node:assert/strict';
import { checkEncryption } from '../../../policy-pack/rules/encryption-in-transit.ts';
import { REDIS_CONF } from '../good-stack.ts';
import { saidOfOne } from '../support/objects.ts';

const CONTAINER = 'spec.template.spec.containers[0]';

describe('encryption-in-transit', () => {
  it('names the setting of Redis', () => {
    const conf = REDIS_CONF.replace('port 0', 'port 6379');
    assert.deepEqual(saidOfOne(checkEncryption, 'redis-configuration', 'data["redis.conf"]', conf), [
      'ConfigMap redis/cache-configuration: port in data["redis.conf"] is "6379". Redis would also listen in plaintext. Set it to ' +
        '0; clients use tls-port.',
    ]);
  });

  it('names the word on the command line', () => {
    assert.deepEqual(saidOfOne(checkEncryption, 'redis-cache-0', `${CONTAINER}.args[1]`, '--port'), [
      'StatefulSet redis/cache-0, container redis: --port in spec.template.spec.containers[0].args is "$(POD_IP)". Redis would ' +
        'also listen in plaintext. Set it to 0; clients use tls-port.',
    ]);
  });

  it('names the probe', () => {
    assert.deepEqual(saidOfOne(checkEncryption, 'engine', `${CONTAINER}.readinessProbe.httpGet.scheme`, undefined), [
      'Deployment cache/cache-engine, container engine: spec.template.spec.containers[0].readinessProbe.httpGet.scheme is not ' +
        'set. The kubelet would ask in plaintext. Set it to HTTPS.',
    ]);
  });

  it('shows neither user nor password of a URL', () => {
    const url = 'http://wed:swordfish@api.example.com/v1?key=swordfish';
    assert.deepEqual(saidOfOne(checkEncryption, 'engine', `${CONTAINER}.env[2].value`, url), [
      'Deployment cache/cache-engine, container engine: spec.template.spec.containers[0].env[2].value is ' +
        '"http://api.example.com". It leads to another machine in plaintext. Use the encrypted protocol of the same kind (https, ' +
        'rediss, wss), with TLS 1.3.',
    ]);
  });

  for (const value of [
    'http://localhost:4318',
    'http://127.0.0.1/v1',
    'redis://[::1]:6379',
    'https://a.io',
    'rediss://a',
    'TLSv1.3',
  ]) {
    it(`has nothing to say about ${value}`, () => {
      assert.deepEqual(saidOfOne(checkEncryption, 'engine', `${CONTAINER}.env[2].value`, value), []);
    });
  }

  for (const value of [
    '--tls-min-v1.2',
    'TLSv1',
    'TLS 1.1',
    'VersionTLS12',
    'SSLv3',
    'TLSv1.3,TLSv1.2',
    'http://127.0.0.1.evil.com',
  ]) {
    it(`objects to ${value}`, () => {
      assert.equal(saidOfOne(checkEncryption, 'engine', `${CONTAINER}.env[2].value`, value).length, 1);
    });
  }
});
