import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { poolOf, REGION_NAMES, regionCapacity } from '@wedsync/domain';
import { load } from 'js-yaml';

/** A stack's file, or what the project says for all stacks. */
function configOf(file: string): Record<string, unknown> {
  const text = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
  return (load(text) as { config: Record<string, unknown> }).config;
}

describe('The capacity of a region', () => {
  for (const region of REGION_NAMES) {
    it(`is what the stack ${region} is configured with`, () => {
      const config = configOf(`Pulumi.${region}.yaml`);
      const { workers, engineReplicas, redisMemoryGiB } = regionCapacity(region);
      assert.deepEqual(config['wedsync:workers'], workers);
      assert.deepEqual(config['wedsync:engineReplicas'], engineReplicas);
      const { cache, queue } = config['wedsync:redisMemoryGiB'] as { cache: number; queue: number };
      assert.equal(cache + queue, redisMemoryGiB);
    });
  }

  it('is what the project gives all stacks, in and out of the wedding season', () => {
    const { default: pool } = configOf('Pulumi.yaml')['wedsync:pool'] as { default: unknown };
    assert.deepEqual(pool, { normal: poolOf('off-season'), weddingSeason: poolOf('peak') });
    assert.deepEqual(poolOf('pre-season'), poolOf('off-season'));
  });
});
