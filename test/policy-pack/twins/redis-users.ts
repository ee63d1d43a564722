import { object, REDIS_CONF } from '../good-stack.ts';
import { secret } from '../support/resource.ts';
import { twinWith } from './one-resource.ts';
import type { Twin } from './twin.ts';

const OFF = 'user default off resetpass ~* &* +@all';
const ENGINE = 'user engine on #0 resetchannels -@all ~answers:* +get +set';
const users = object('core/v1', 'Secret', 'redis-users', { metadata: { name: 'users', namespace: 'redis' } });
const acl = (title: string, line: string, says: string): Twin =>
  twinWith(
    title,
    users,
    'stringData',
    secret({ 'users.acl': `${line}\n${ENGINE}\n` }),
    secret({ 'users.acl': `${OFF}\n${ENGINE}\n` }),
    says,
  );

export const redisUsersTwins: readonly Twin[] = [
  acl(
    "Redis' default user",
    'user default on nopass ~* +@all',
    'user default in stringData["users.acl"] is "on nopass ~* +@all"',
  ),
  acl('the default user with a password', 'user default on >swordfish ~* +@all', '"on >… ~* +@all"'),
  acl('a user that may do everything', `${OFF}\nuser admin on #0 ~* &* +@all`, 'user admin in stringData["users.acl"]'),
  acl(
    'a user that may do everything, in other words',
    `${OFF}\nuser admin on #0 allkeys allcommands`,
    'everything with everything',
  ),
  acl('a user without a password', `${OFF}\nuser metrics on nopass +info`, 'Anybody can log in as it'),
  {
    title: 'users in base64',
    resources: [users],
    resource: 'redis-users',
    field: 'data',
    violating: secret({ 'users.acl': Buffer.from('user default on nopass ~* +@all').toString('base64') }),
    mended: secret({ 'users.acl': Buffer.from(OFF).toString('base64') }),
    says: 'user default in data["users.acl"]',
  },
  {
    title: 'a configuration that says nothing about users',
    resource: 'redis-configuration',
    field: 'data["redis.conf"]',
    violating: REDIS_CONF.replace(/^aclfile.*\n/m, ''),
    mended: REDIS_CONF,
    says: 'aclfile in data["redis.conf"] is not set',
  },
  {
    title: 'a client that logs in as the default user',
    resource: 'engine',
    field: 'spec.template.spec.containers[0].env[3]',
    violating: { name: 'REDIS_USERNAME', value: 'default' },
    mended: { name: 'REDIS_USERNAME', value: 'engine' },
    says: 'That is the user whom Redis lets do everything',
  },
];
