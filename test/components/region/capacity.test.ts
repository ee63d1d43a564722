import assert from 'node:assert/strict';
import { Config, runtime } from '@pulumi/pulumi';
import { REGION_NAMES } from '@wedsync/domain';
import { demand, shortages } from '../../../components/region/capacity.ts';
import { loadConfig } from '../../../config.ts';
import { stackConfig } from '../../support/stacks.ts';

function load(stack: string, changes: Record<string, unknown> = {}) {
  runtime.setAllConfig(stackConfig(stack, changes));
  return loadConfig(new Config('wedsync'), stack);
}

describe('the capacity of a region', () => {
  for (const stack of REGION_NAMES) {
    it(`holds what ${stack} asks for in every season`, () => {
      assert.deepEqual(shortages(load(stack)), []);
    });
  }

  it('is counted with the engine at its seasonal maximum and both Redis Clusters', () => {
    // 200 engines of 250m and 448 MiB, 12 Redis nodes of 500m, 64 GiB of Redis in all.
    const { cpuMillis, memoryMiB } = demand(load('uk-south'), 'peak');
    assert.equal(cpuMillis, 200 * 250 + 12 * 500);
    assert.equal(memoryMiB, 200 * 448 + 6 * Math.floor((56 * 1024) / 6) + 6 * Math.floor((8 * 1024) / 6));
  });

  it('names the season and the resource that do not fit', () => {
    const small = load('uk-south', {
      'wedsync:pool': { normal: { cpu: 32, memoryGiB: 128 }, weddingSeason: { cpu: 50, memoryGiB: 512 } },
    });
    assert.deepEqual(shortages(small), [
      { season: 'peak', resource: 'CPU', wanted: '56 cores', available: '50 cores' },
    ]);
  });
});
