import { Config, runtime } from '@pulumi/pulumi';
import assert from 'node:assert/strict';
import { loadConfig } from '../../../config.ts';
import { redisSize } from '../../../components/region/redis-size.ts';
import { stackConfig } from '../../support/stacks.ts';

function load(changes: Record<string, unknown> = {}) {
  runtime.setAllConfig(stackConfig('uk-south', changes));
  return loadConfig(new Config('wedsync'), 'uk-south');
}

describe('what a stack says about its Redis Clusters', () => {
  it('is three shards, an exporter, and nothing of its own unless it says so', () => {
    const { shards, exporterImage, tlsSecrets, authSecrets, extraConfiguration } = load().redis;
    assert.deepEqual(shards, { cache: 3, queue: 3 });
    assert.match(exporterImage ?? '', /redis_exporter:v[\d.]+@sha256:/);
    assert.deepEqual([tlsSecrets, authSecrets, extraConfiguration], [{}, {}, { cache: [], queue: [] }]);
    assert.equal(load({ 'wedsync:redisExporterImage': '' }).redis.exporterImage, undefined);
  });

  it('may be more shards, of which a season has as many as its memory fills', () => {
    const config = load({ 'wedsync:redisShards': { cache: 6, queue: 3 } });
    const shards = (season: 'peak' | 'pre-season' | 'off-season') => redisSize(config, 'cache', season).present.shards;
    assert.deepEqual([shards('peak'), shards('pre-season'), shards('off-season')], [6, 4, 3]);
  });

  it('keeps busy days as quiet as Saturdays', () => {
    assert.ok(load().redis.quiet.dates.includes('2027-08-06'));
  });

  it('is a backup every ten minutes, and none that comes back unless one is named', () => {
    const { backup, restore } = load().redis;
    assert.deepEqual([backup, restore], [{ everyMinutes: 10, keep: 3 }, {}]);
    const named = load({ 'wedsync:redisRestore': { queue: '20270807T101500Z' } }).redis.restore;
    assert.deepEqual(named, { queue: '20270807T101500Z' });
  });

  const bad: Record<string, [key: string, value: unknown, message: RegExp]> = {
    'two shards': [
      'redisShards',
      { cache: 2, queue: 3 },
      /redisShards.cache is 2. Allowed: a whole number from 3 to 100/,
    ],
    'a Secret of nobody': [
      'redisTlsSecrets',
      { caches: 'x' },
      /redisTlsSecrets is \{"caches":"x"\}. Allowed: only cache, queue/,
    ],
    'a name that no Secret has': [
      'redisAuthSecrets',
      { cache: 'Not A Name' },
      /redisAuthSecrets.cache is "Not A Name"/,
    ],
    'an exporter without a digest': ['redisExporterImage', 'docker.io/oliver006/redis_exporter:v1', /image by digest/],
    'backups that come too seldom': [
      'redisBackup',
      { everyMinutes: 15, keep: 3 },
      /redisBackup.everyMinutes is 15. Allowed: 5, 6, 10, 12/,
    ],
    'no backups': [
      'redisBackup',
      { everyMinutes: 10, keep: 0 },
      /redisBackup.keep is 0. Allowed: a whole number from 1/,
    ],
    'the backup of no time': [
      'redisRestore',
      { cache: '../other' },
      /redisRestore.cache is "..\/other". Allowed: the name of a backup, such as 20270807T101500Z/,
    ],
    'lines that are no text': [
      'redisConfiguration',
      { cache: 7 },
      /redisConfiguration.cache is 7. Allowed: lines of redis.conf/,
    ],
  };
  for (const [what, [key, value, message]] of Object.entries(bad)) {
    it(`is not ${what}`, () => assert.throws(() => load({ [`wedsync:${key}`]: value }), message));
  }
});
