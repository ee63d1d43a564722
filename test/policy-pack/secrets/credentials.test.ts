import assert from 'node:assert/strict';
import { credentialIn, isLiteral, isSecretName, secretLine } from '../../../policy-pack/secrets/credentials.ts';

describe('Credentials', () => {
  for (const name of [
    'PASSWORD',
    'db-password',
    'accessToken',
    'API_KEY',
    'client.secret',
    'REDISCLI_AUTH',
    'apikey',
  ]) {
    it(`are what ${name} holds`, () => {
      assert.ok(isSecretName(name));
    });
  }

  for (const name of [
    'PASSWORD_FILE',
    'SECRET_NAME',
    'MAX_TOKENS',
    'PUBLIC_KEY',
    'KEYBOARD',
    'cache-key',
    'PWD',
    'bypass',
  ]) {
    it(`are not what ${name} holds`, () => {
      assert.ok(!isSecretName(name));
    });
  }

  for (const value of [
    '',
    'true',
    'None',
    '12',
    '/etc/token',
    './token',
    '$(TOKEN)',
    '${TOKEN}',
    '$TOKEN',
    '{{ token }}',
  ]) {
    it(`are not ${JSON.stringify(value)}, a reference or a switch`, () => {
      assert.ok(!isLiteral(value));
    });
  }

  for (const [text, what] of [
    ['-----BEGIN PRIVATE KEY-----', 'a private key'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----', 'a private key'],
    ['Authorization: Bearer abcdefghijklmnop1234', 'a bearer token'],
    ['postgres://wed:swordfish@db/wed', 'a URL with a password'],
    ['redis://:swordfish@cache', 'a URL with a password'],
    [`ghp_${'a'.repeat(36)}`, 'a GitHub token'],
    [`sk-${'a'.repeat(24)}`, 'an API key'],
    ['user engine on >swordfish ~*', 'a Redis password'],
    ['-----BEGIN CERTIFICATE-----', undefined],
    ['postgres://wed@db/wed', undefined],
    ['postgres://wed:$(PASSWORD)@db/wed', undefined],
    ['https://example.com:8443/a@b', undefined],
    ['task-sk-force', undefined],
  ] as const) {
    it(`give themselves away by their form: ${text} is ${what ?? 'none'}`, () => {
      assert.equal(credentialIn(text), what);
    });
  }

  for (const [text, line, name] of [
    ['a: 1\npassword: swordfish', 2, 'password'],
    ['  "apiKey": "swordfish",', 1, 'apiKey'],
    ['export DB_PASSWORD=swordfish', 1, 'DB_PASSWORD'],
    ['requirepass swordfish', 1, 'requirepass'],
  ] as const) {
    it(`are found in a file: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(secretLine(text), { line, name });
    });
  }

  for (const text of [
    '# password: swordfish',
    'password: ${DB}',
    'passwordFile: /etc/x',
    'tls-key-file /etc/tls.key',
    'secret: {',
  ]) {
    it(`are not in a file with ${JSON.stringify(text)}`, () => {
      assert.equal(secretLine(text), undefined);
    });
  }
});
