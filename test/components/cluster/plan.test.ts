import assert from 'node:assert/strict';
import { type CloudPlatform, defaultPlace, PLATFORMS, REGION_NAMES, SEASONS, workerBounds } from '@wedsync/domain';
import { addressPlan } from '../../../components/cluster/addresses.ts';
import { type MachineDemand, smallestMachine } from '../../../components/cluster/machines.ts';
import { planCluster } from '../../../components/cluster/plan.ts';
import { zonePools } from '../../../components/cluster/pools.ts';
import { workerDemand, type WorkerFigures } from '../../../components/cluster/worker-demand.ts';
import { fc } from '../../support/property.ts';

const WORKERS = { 'uk-south': [3, 12], 'uk-west': [2, 8], 'eu-west': [2, 6] } as const;
const POOL = { normal: { cpu: 32, memoryGiB: 128 }, weddingSeason: { cpu: 128, memoryGiB: 512 } };
const CORE = { cpuMillis: 1000, memoryMiB: 1024 };
const WORK = { least: CORE, most: { cpuMillis: 30_000, memoryMiB: 100 * 1024 } };
const SEASONS_WORK = { peak: WORK, 'pre-season': WORK, 'off-season': WORK };
const SERVICES = { inAll: { cpuMillis: 2000, memoryMiB: 9 * 1024 }, eachWorker: { cpuMillis: 200, memoryMiB: 1024 } };
const CLOUDS = PLATFORMS.filter((platform): platform is CloudPlatform => platform !== 'existing');

function figures(region: (typeof REGION_NAMES)[number], platform: CloudPlatform, season: (typeof SEASONS)[number]) {
  const [minimum, maximum] = WORKERS[region];
  const place = defaultPlace(region, platform);
  return {
    ...{ region, season, place, zones: place.zones.length || 1, workers: { minimum, maximum }, pool: POOL },
    ...{ kubernetesVersion: '1.35', networkGbps: 10, admins: [], work: SEASONS_WORK, services: SERVICES },
  };
}

describe('the plan of a cluster', () => {
  for (const platform of CLOUDS) {
    it(`holds the region's pool and its services on machines of 10 Gbit/s on ${platform}, the same in every season`, () => {
      for (const region of REGION_NAMES) {
        const plans = SEASONS.map((season) => planCluster(platform, figures(region, platform, season)));
        assert.equal(new Set(plans.map(({ machine }) => machine.type)).size, 1);
        plans.forEach(({ machine, pools }, index) => {
          const { cpu, memoryGiB } = SEASONS[index] === 'peak' ? POOL.weddingSeason : POOL.normal;
          const workers = pools.reduce((total, { bounds }) => total + bounds.maximum, 0);
          assert.ok(machine.networkGbps >= 10);
          assert.ok(workers * machine.cpu >= cpu, `${region} ${workers}`);
          assert.ok(workers * machine.memoryGiB >= memoryGiB, `${region} ${workers}`);
          assert.ok(workers * (machine.cpu - 0.2) >= 30 + 2, `${region} ${workers}`);
          assert.ok(workers * (machine.memoryGiB - 1) >= 100 + 9, `${region} ${workers}`);
        });
      }
    });
  }

  it('has all workers in peak season, two thirds before it and half of them after it', () => {
    const maximum = SEASONS.map((season) => workerBounds({ minimum: 3, maximum: 12 }, season).maximum);
    assert.deepEqual(maximum, [12, 8, 6]);
    assert.deepEqual(workerBounds({ minimum: 5, maximum: 6 }, 'off-season'), { minimum: 5, maximum: 5 });
  });

  it('says what no machine leaves to Pods, and what to do', () => {
    const many = {
      ...figures('eu-west', 'gke', 'peak'),
      services: { ...SERVICES, inAll: { ...CORE, cpuMillis: 256_000 } },
    };
    assert.throws(
      () => planCluster('gke', many),
      /^Error: gke has no machine of 10 Gbit\/s with 22 cores and 86 GiB, .* that leaves 129 cores and 35 GiB to Pods, .* Raise wedsync:workers.*wedsync:clusterServices\./,
    );
  });

  it('leaves zones out that the stack does not want', () => {
    const { pools } = planCluster('gke', { ...figures('uk-south', 'gke', 'peak'), zones: 2 });
    assert.deepEqual(
      pools.map(({ zone }) => zone),
      ['europe-west2-a', 'europe-west2-b'],
    );
  });
});

describe('what a worker must leave to Pods', () => {
  const of = (changes: Partial<WorkerFigures>) =>
    workerDemand({
      ...{ workers: { minimum: 2, maximum: 8 }, pool: POOL, networkGbps: 10, work: SEASONS_WORK },
      services: { inAll: { cpuMillis: 0, memoryMiB: 0 }, eachWorker: { cpuMillis: 0, memoryMiB: 0 } },
      ...changes,
    });

  const size = { cpu: 128 / 8, memoryGiB: 512 / 8 };

  it('is its share of what the region asks for, of the services that are there once, and those that are on every worker', () => {
    // Half of the eight workers are there in the off-season, for the same work.
    assert.deepEqual(of({}), { size, pods: { cpu: 30 / 4, memoryGiB: 100 / 4 }, networkGbps: 10 });
    const pods = { cpu: 32 / 4 + 0.2, memoryGiB: 109 / 4 + 1 };
    assert.deepEqual(of({ services: SERVICES }), { size, pods, networkGbps: 10 });
  });

  it('is more where few workers must hold what runs before another is added', () => {
    const work = { ...SEASONS_WORK, 'off-season': { ...WORK, least: { cpuMillis: 40_000, memoryMiB: 16 * 1024 } } };
    const pods = { cpu: 42 / 2 + 0.2, memoryGiB: 109 / 4 + 1 };
    assert.deepEqual(of({ work, services: SERVICES }), { size, pods, networkGbps: 10 });
  });

  it('is never less than its share of the pool', () => {
    const pool = { normal: { cpu: 64, memoryGiB: 128 }, weddingSeason: { cpu: 64, memoryGiB: 512 } };
    assert.deepEqual(of({ pool }).size, { cpu: 64 / 4, memoryGiB: 512 / 8 });
  });
});

describe('pools by zone', () => {
  const zones = fc.array(fc.string({ minLength: 1 }), { maxLength: 4 });
  const bounds = fc
    .tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 200 }))
    .map(([one, other]) => ({ minimum: Math.min(one, other), maximum: Math.max(one, other) }));

  it('add up to the bounds of the region, and differ by one worker at most', () => {
    fc.assert(
      fc.property(bounds, zones, (workers, places) => {
        const pools = zonePools(workers, places);
        assert.equal(pools.length, Math.max(places.length, 1));
        for (const end of ['minimum', 'maximum'] as const) {
          const counts = pools.map((pool) => pool.bounds[end]);
          assert.equal(
            counts.reduce((total, count) => total + count, 0),
            workers[end],
          );
          assert.ok(Math.max(...counts) - Math.min(...counts) <= 1);
        }
        assert.ok(pools.every((pool) => pool.bounds.minimum <= pool.bounds.maximum));
      }),
    );
  });
});

describe('the addresses of a region', () => {
  const range = (cidr: string) => {
    const [address = '', bits = ''] = cidr.split('/');
    const start = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    return { start, end: start + 2 ** (32 - Number(bits)) };
  };
  const overlap = (one: string, other: string) =>
    range(one).start < range(other).end && range(other).start < range(one).end;

  it('overlap with those of no other region', () => {
    const networks = REGION_NAMES.map((region) => addressPlan(region, 3).network);
    for (const [index, one] of networks.entries())
      for (const other of networks.slice(index + 1)) assert.equal(overlap(one, other), false, `${one} ${other}`);
  });

  it('lie inside the network, apart from each other, each at a border of its size', () => {
    const { network, workers, zoneWorkers, zoneEgress, ...others } = addressPlan('eu-west', 4);
    const apart = [...zoneWorkers, ...zoneEgress, ...Object.values(others)];
    for (const [index, one] of apart.entries()) {
      const { start, end } = range(one);
      assert.ok(start >= range(network).start && end <= range(network).end, one);
      assert.equal(start % (end - start), 0, one);
      for (const other of apart.slice(index + 1)) assert.equal(overlap(one, other), false, `${one} ${other}`);
    }
    assert.ok(zoneWorkers.every((zone) => range(zone).end <= range(workers).end));
  });
});

describe('the smallest machine', () => {
  const NOTHING = { cpu: 0, memoryGiB: 0 };

  it('is the first that brings cores, memory and bandwidth, and none where a cloud has none', () => {
    assert.equal(
      smallestMachine('aks', { size: NOTHING, pods: { cpu: 11, memoryGiB: 43 }, networkGbps: 10 })?.type,
      'Standard_D16ds_v5',
    );
    assert.equal(
      smallestMachine('aks', { size: NOTHING, pods: { cpu: 1, memoryGiB: 1 }, networkGbps: 13 })?.type,
      'Standard_D32ds_v5',
    );
    assert.equal(
      smallestMachine('gke', { size: NOTHING, pods: { cpu: 1, memoryGiB: 257 }, networkGbps: 1 }),
      undefined,
    );
  });

  it('leaves to Pods less than the clouds document, and more than five sixths', () => {
    // Cores of AKS and GiB of GKE, from the tables of each.
    const kept = [
      { cpu: 0.18, memoryGiB: 3.66 },
      { cpu: 0.26, memoryGiB: 5.58 },
      { cpu: 0.42, memoryGiB: 9.42 },
      { cpu: 0.74, memoryGiB: 11.98 },
    ];
    kept.forEach((machine, index) => {
      const cores = 8 * 2 ** index;
      const isEnough = (pods: Partial<MachineDemand['pods']>) =>
        smallestMachine('eks', { size: NOTHING, pods: { ...NOTHING, ...pods }, networkGbps: 1 })?.cpu === cores;
      assert.equal(isEnough({ cpu: cores - machine.cpu }), false);
      assert.equal(isEnough({ memoryGiB: 4 * cores - machine.memoryGiB }), false);
      assert.ok(isEnough({ cpu: (cores * 5) / 6 }) && isEnough({ memoryGiB: (4 * cores * 5) / 6 }), `${cores} cores`);
    });
  });
});
