import { object } from '../good-stack.ts';
import { ROOT_STACK, secret, UNKNOWN } from '../support/resource.ts';
import type { Twin } from './twin.ts';

const ENGINE = 'spec.template.spec.containers[0]';
const VALUE = { resource: 'engine', field: `${ENGINE}.env[3].value`, mended: 'production' };
const SETTINGS = object('core/v1', 'ConfigMap', 'settings', {
  metadata: { name: 'settings', namespace: 'cache' },
  data: { mode: 'production' },
});
const ROOT = { type: ROOT_STACK, name: 'wedsync-uk-south', inputs: { url: 'https://cache.example.com' } };

/** Made up here: nothing that opens anything. */
const PEM = '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIA==\n-----END EC PRIVATE KEY-----\n';
const TOKEN = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiJub2JvZHkifQ', 'c2lnbmF0dXJlLW9mLW5vYm9keQ'].join('.');

export const noPlaintextSecretsTwins: readonly Twin[] = [
  ...['ADMIN_TOKEN', 'DB_PASSWORD', 'clientSecret', 'SIGNING_KEY'].map((name) => ({
    title: `the variable ${name} with its value written out`,
    resource: 'engine',
    field: `${ENGINE}.env[3]`,
    violating: { name, value: 'swordfish' },
    mended: { name, valueFrom: { secretKeyRef: { name: 'engine', key: 'x' } } },
    says: `${name} is a secret`,
  })),
  { ...VALUE, title: 'a variable with a private key', violating: PEM, says: 'It holds a private key' },
  { ...VALUE, title: 'a variable with an AWS key', violating: 'AKIAABCDEFGHIJKLMNOP', says: 'an AWS access key' },
  { ...VALUE, title: 'a variable with a JSON web token', violating: TOKEN, says: 'a JSON web token' },
  {
    ...VALUE,
    title: 'a variable with a URL that holds a password',
    violating: 'rediss://engine:swordfish@cache.redis.svc:6379',
    mended: 'rediss://engine@cache.redis.svc:6379',
    says: 'a URL with a password',
  },
  {
    ...VALUE,
    title: "a variable with a value that is Pulumi's secret, whatever it looks like",
    violating: secret('production'),
    says: 'Pulumi keeps this value secret',
  },
  {
    title: 'a variable of an init container with its value written out',
    resource: 'engine',
    field: 'spec.template.spec.initContainers[0].env',
    violating: [{ name: 'API_TOKEN', value: 'swordfish' }],
    mended: [{ name: 'API_TOKEN_FILE', value: '/etc/token' }],
    says: 'init container wait',
  },
  {
    title: 'a password on a command line, in two words',
    resource: 'engine',
    field: `${ENGINE}.args[0]`,
    violating: '--password',
    mended: '--max-age',
    says: 'password is a secret',
  },
  {
    title: 'a password on a command line, in one word',
    resource: 'engine',
    field: `${ENGINE}.args[0]`,
    violating: '--password=swordfish',
    mended: '--password=$(PASSWORD)',
    says: 'list its processes',
  },
  {
    title: "a command line that was computed from Pulumi's secret",
    resource: 'engine',
    field: `${ENGINE}.args`,
    violating: secret(UNKNOWN),
    mended: UNKNOWN,
    says: 'containers[0].args is set (not shown here)',
  },
  {
    title: "a variable that was computed from Pulumi's secret",
    resource: 'engine',
    field: `${ENGINE}.env[3]`,
    violating: secret({ name: 'MODE', value: 'production' }),
    mended: { name: 'MODE', value: 'production' },
    says: 'env[3].value is set (not shown here)',
  },
  {
    title: "a ConfigMap that was computed from Pulumi's secret",
    resources: [SETTINGS],
    resource: 'settings',
    field: 'data',
    violating: secret(UNKNOWN),
    mended: UNKNOWN,
    says: 'data is set (not shown here)',
  },
  {
    title: "a password in a shell's command line",
    resource: 'engine',
    field: `${ENGINE}.command`,
    violating: ['sh', '-c', 'exec engine --admin-token=swordfish'],
    mended: ['sh', '-c', 'exec engine --admin-token="$TOKEN"'],
    says: 'containers[0].command[2] is set (not shown here). admin-token is a secret',
  },
  {
    title: 'a password of Redis in a probe',
    resource: 'redis-cache-0',
    field: 'spec.template.spec.containers[0].livenessProbe',
    violating: { exec: { command: ['redis-cli', '-a', 'swordfish', 'ping'] } },
    mended: { exec: { command: ['redis-cli', '-a', '$(PASSWORD)', 'ping'] } },
    says: 'livenessProbe.exec.command[2]',
  },
  {
    title: 'a password in a ConfigMap, by its name',
    resources: [SETTINGS],
    resource: 'settings',
    field: 'data',
    violating: { 'db-password': 'swordfish' },
    mended: { 'db-password-file': '/etc/db' },
    says: 'db-password is a secret',
  },
  {
    title: "a password in a ConfigMap's file",
    resources: [SETTINGS],
    resource: 'settings',
    field: 'data',
    violating: { 'app.yaml': 'url: https://x\npassword: swordfish\n' },
    mended: { 'app.yaml': 'url: https://x\npassword: ${PASSWORD}\n' },
    says: 'Line 2 sets password',
  },
  {
    title: "a password of Redis in a ConfigMap's file",
    resources: [SETTINGS],
    resource: 'settings',
    field: 'data',
    violating: { 'users.acl': 'user engine on >swordfish ~answer:* +get\n' },
    mended: { 'users.acl': `user engine on #${'0'.repeat(64)} ~answer:* +get\n` },
    says: 'a Redis password',
  },
  {
    title: "Pulumi's secret in a ConfigMap",
    resources: [SETTINGS],
    resource: 'settings',
    field: 'data.mode',
    violating: secret('production'),
    mended: 'production',
    says: 'no place for secrets',
  },
  {
    title: 'a Secret that Pulumi does not keep secret',
    resource: 'redis-passwords',
    field: 'stringData',
    violating: { engine: 'swordfish' },
    mended: secret({ engine: 'swordfish' }),
    says: "in the clear in the stack's state",
  },
  {
    title: 'a secret among the outputs of the stack',
    resources: [ROOT],
    resource: 'wedsync-uk-south',
    field: 'adminToken',
    violating: 'swordfish',
    mended: secret('swordfish'),
    says: 'Outputs of the stack wedsync-uk-south: adminToken is set (not shown here)',
  },
  {
    title: 'a credential in an output of the stack whose name hides it',
    resources: [ROOT],
    resource: 'wedsync-uk-south',
    field: 'database',
    violating: { address: 'postgres://wed:swordfish@db:5432' },
    mended: { address: 'postgres://db:5432' },
    says: 'database.address',
  },
];
