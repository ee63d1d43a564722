import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matches, type HostName } from '../../../local/pods/network/host-names.ts';
import { nameRewriter } from '../../../local/pods/network/name-rewriter.ts';
import { pathRewriter } from '../../../local/pods/network/path-rewriter.ts';

const host = (name: string, namespace: string, address: string): HostName => ({
  host: name,
  namespace,
  address,
  behind: [],
});
const HOSTS = [
  host('redis', 'shop', '127.77.0.1'),
  host('redis', 'other', '127.77.0.2'),
  host('redis-0.redis', 'shop', '127.77.1.1'),
  host('redis-10.redis', 'shop', '127.77.1.11'),
];

describe('names of the cluster in texts', () => {
  const rewrite = nameRewriter(HOSTS, 'shop');

  for (const [text, expected, why] of [
    ['redis.shop.svc.cluster.local', '127.77.0.1', 'a full name'],
    ['redis.shop.svc.cluster.local.:6379', '127.77.0.1:6379', 'with the dot of the root'],
    ['redis.other.svc', '127.77.0.2', 'a name of another namespace'],
    [
      'redis-0.redis.shop.svc.cluster.local:6379,redis-10.redis:6379',
      '127.77.1.1:6379,127.77.1.11:6379',
      'Pods, in a list',
    ],
    ['rediss://app:secret@redis:6379/0', 'rediss://app:secret@127.77.0.1:6379/0', 'a bare name in a URL'],
    ['http://redis/x', 'http://127.77.0.1/x', 'a bare name after ://'],
    ['redis:6379', '127.77.0.1:6379', 'a bare name before a port'],
    ['user redis on', 'user redis on', 'a bare name that is just a word'],
    ['/etc/redis:ro', '/etc/redis:ro', 'a part of a path'],
    ['docker.io/redis:7', 'docker.io/redis:7', 'an image'],
    ['my-redis.shop.svc.cluster.local', 'my-redis.shop.svc.cluster.local', 'the end of a longer name'],
    [
      'redis.shop.svc.cluster.local.example.org',
      'redis.shop.svc.cluster.local.example.org',
      'the start of a longer name',
    ],
    ['*.redis.shop.svc.cluster.local', '*.redis.shop.svc.cluster.local', 'a wildcard'],
    ['$POD.redis.shop.svc.cluster.local', '$POD.redis.shop.svc.cluster.local', 'a name made at run time'],
  ] as const) {
    it(`become addresses where a host stands: ${why}`, () => assert.equal(rewrite(text), expected));
  }

  it('are looked up in the reader’s own namespace when they are short', () => {
    assert.equal(nameRewriter(HOSTS, 'other')('http://redis'), 'http://127.77.0.2');
    assert.equal(nameRewriter(HOSTS, 'third')('http://redis'), 'http://redis');
  });

  it('are rewritten once: a text that was rewritten has no name left', () => {
    const word = fc.constantFrom(
      'redis',
      'redis-0.redis',
      '.shop',
      '.svc',
      '.cluster.local',
      '.',
      ':6379',
      '://',
      '@',
      ' ',
      'x',
      '/',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }).map((words) => words.join('')), (text) => {
        const once = rewrite(text);
        assert.equal(rewrite(once), once);
      }),
    ); // prettier-ignore
  });
});

describe('paths of a container in texts', () => {
  const rewrite = pathRewriter(
    new Map([
      ['/data', '/home/anna/data/volumes/db'],
      ['/data/log', '/home/anna/log'],
      ['/etc/redis', '/home/anna/pods/redis/config'],
    ]),
  );

  for (const [text, expected, why] of [
    ['dir /data', 'dir /home/anna/data/volumes/db', 'at the end of a line'],
    ['/data/nodes.conf', '/home/anna/data/volumes/db/nodes.conf', 'with what is below it'],
    ['/data/log/x', '/home/anna/log/x', 'the longer one first'],
    ['--conf=/etc/redis/redis.conf', '--conf=/home/anna/pods/redis/config/redis.conf', 'after an equals sign'],
    ['"/data":"/etc/redis"', '"/home/anna/data/volumes/db":"/home/anna/pods/redis/config"', 'in quotes'],
    ['/database', '/database', 'not the start of a longer word'],
    ['/data.old', '/data.old', 'not before a dot'],
    ['http://host/data', 'http://host/data', 'not in a URL'],
    ['$HOME/data ${X}/data', '$HOME/data ${X}/data', 'not below a variable'],
  ] as const) {
    it(`become folders: ${why}`, () => assert.equal(rewrite(text), expected));
  }
});

describe('a selector', () => {
  it('takes what has all its labels, whatever else there is', () => {
    assert.equal(matches({ app: 'web' }, { app: 'web', tier: 'front' }), true);
    assert.equal(matches({ app: 'web', tier: 'back' }, { app: 'web', tier: 'front' }), false);
    assert.equal(matches({ app: 'web' }, undefined), false);
  });
});
