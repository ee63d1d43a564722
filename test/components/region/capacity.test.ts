import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Config, runtime } from '@pulumi/pulumi';
import { engineBounds, REGION_NAMES, SEASONS } from '@wedsync/domain';
import { loadPlatform } from '../../../components/cluster/platform.ts';
import { CLUSTER_SERVICES } from '../../../components/cluster-services/names.ts';
import type { PoolSize } from '../../../components/cluster/worker-demand.ts';
import { demand, shortages } from '../../../components/region/capacity.ts';
import { Region } from '../../../components/region/region.ts';
import { regionRequests } from '../../../components/region/requests.ts';
import { total } from '../../../components/shared/resources.ts';
import { loadConfig } from '../../../config.ts';
import { record } from '../../support/pulumi/mocks.ts';
import { stackConfig } from '../../support/stacks.ts';

function load(stack: string, changes: Record<string, unknown> = {}) {
  runtime.setAllConfig(stackConfig(stack, changes));
  return loadConfig(new Config('wedsync'), stack);
}

/** A Deployment, StatefulSet, Job or CronJob, as far as it matters here. */
interface Workload {
  readonly spec: {
    readonly replicas?: number;
    readonly template?: Workload;
    readonly jobTemplate?: Workload;
    readonly containers?: readonly { readonly resources: { readonly requests: { cpu: string; memory: string } } }[];
  };
}

/** What the containers of a workload's Pod ask for that run side by side. */
function askedBy({ spec }: Workload): { cpuMillis: number; memoryMiB: number } {
  const inner = spec.template ?? spec.jobTemplate;
  if (inner !== undefined) return askedBy(inner);
  return total(
    (spec.containers ?? []).map(({ resources: { requests } }) => {
      assert.match(`${requests.cpu} ${requests.memory}`, /^\d+m \d+Mi$/);
      return { cpuMillis: parseInt(requests.cpu), memoryMiB: parseInt(requests.memory) };
    }),
  );
}

describe('the capacity of a region', () => {
  for (const stack of REGION_NAMES) {
    it(`holds what ${stack} asks for in every season`, () => {
      assert.deepEqual(shortages(load(stack)), []);
    });

    it(`is counted from every container that ${stack} deploys`, async () => {
      const { resources, result: config } = await record(stack, stackConfig(stack), async () => {
        const loaded = loadConfig();
        const platform = await loadPlatform(loaded.cluster.platform);
        new Region(loaded.name, { config: loaded, platform, version: '1.2.3' });
        return loaded;
      });
      const workloads = resources.filter(({ type }) => /:(Deployment|StatefulSet|Job|CronJob)$/.test(type));
      assert.deepEqual([...new Set(workloads.map(({ type }) => type.split(':').at(-1)))].sort(), [
        'CronJob',
        'Deployment',
        'Job',
        'StatefulSet',
      ]);
      for (const end of ['minimum', 'maximum'] as const) {
        const engines = engineBounds(config.engineReplicas, config.season)[end];
        const deployed = workloads.map(({ type, inputs }) => {
          const workload = inputs as Workload;
          const pods = type.endsWith(':Deployment') ? engines : (workload.spec.replicas ?? 1);
          const { cpuMillis, memoryMiB } = askedBy(workload);
          return { cpuMillis: pods * cpuMillis, memoryMiB: pods * memoryMiB };
        });
        const { cpuMillis, memoryMiB } = demand(config, config.season, end);
        assert.deepEqual({ cpuMillis, memoryMiB }, total(deployed));
      }
    });
  }

  it('is counted with the engine at its seasonal maximum, Redis with its exporters, keepers and backups', () => {
    // 200 engines of 250m and 448 MiB; 12 Redis nodes of 500m, 64 GiB in all, an exporter beside each; a cluster has 2 keepers of
    // 50m and 32 MiB, and what backs it up, of 100m and 64 MiB.
    const { cpuMillis, memoryMiB } = demand(load('uk-south'), 'peak');
    assert.equal(cpuMillis, 200 * 250 + 12 * (500 + 20) + 4 * 50 + 2 * 100);
    const redis = 6 * Math.floor((56 * 1024) / 6) + 6 * Math.floor((8 * 1024) / 6);
    assert.equal(memoryMiB, 200 * 448 + redis + 12 * 32 + 4 * 32 + 2 * 64);
  });

  it('leaves the smaller seasons less of everything but volumes, which cannot shrink', () => {
    const config = load('uk-south');
    const [peak, preSeason, offSeason] = SEASONS.map((season) => demand(config, season));
    assert.equal(preSeason?.cpuMillis, 100 * 250 + 12 * 520 + 4 * 50 + 2 * 100);
    assert.ok(preSeason.cpuMillis > Number(offSeason?.cpuMillis) && preSeason.memoryMiB > Number(offSeason?.memoryMiB));
    assert.deepEqual([preSeason.storageGiB, offSeason?.storageGiB], [peak?.storageGiB, peak?.storageGiB]);
  });

  it('names the season, the resource and the setting that do not fit', () => {
    const small = load('uk-south', {
      'wedsync:pool': { normal: { cpu: 31, memoryGiB: 128 }, weddingSeason: { cpu: 50, memoryGiB: 512 } },
    });
    assert.deepEqual(shortages(small), [
      {
        ...{ season: 'peak', resource: 'CPU', wanted: '57 cores', available: '50 cores' },
        setting: 'pool.weddingSeason.cpu',
      },
      {
        ...{ season: 'pre-season', resource: 'CPU', wanted: '32 cores', available: '31 cores' },
        setting: 'pool.normal.cpu',
      },
    ]);
  });

  it('is said in the units of the pool, with the services beside it as the README has them', () => {
    const installed = Object.fromEntries(
      CLUSTER_SERVICES.filter((name) => name !== 'karpenter').map((name) => [name, 'install']),
    );
    const { own, services } = regionRequests(load('uk-south', { 'wedsync:clusterServices': installed }));
    assert.deepEqual(own['pre-season'], { cpu: 31.8, memoryGiB: 87.3 });
    const { inAll, eachWorker } = services;
    const words = ({ cpu, memoryGiB }: PoolSize) => `${cpu} cores and ${memoryGiB} GiB`;
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8').replaceAll('\n', ' ');
    assert.ok(readme.includes(`${words(inAll)} beside it, and for ${words(eachWorker)} on each worker`));
    assert.deepEqual(regionRequests(load('uk-south')).services, {
      inAll: { cpu: 0, memoryGiB: 0 },
      eachWorker: { cpu: 0, memoryGiB: 0 },
    });
  });
});
