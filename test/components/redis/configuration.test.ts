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
