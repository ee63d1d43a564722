import assert from 'node:assert/strict';
import { Config, runtime } from '@pulumi/pulumi';
import { engineBounds } from '@wedsync/domain';
import { loadConfig } from '../config.ts';
import { stackConfig, stackFile } from './support/stacks.ts';

/** Groups of Entra ID, without which AKS lets nobody in. */
const GROUPS = ['0b0c8f6e-4a8b-4a57-9b3c-1d2e3f405162'];

function load(stack: string, changes: Record<string, unknown> = {}) {
  runtime.setAllConfig(stackConfig(stack, changes));
  return loadConfig(new Config('wedsync'), stack);
}

describe('the stack files', () => {
  const facts = [
    {
      stack: 'uk-south',
      place: 'London',
      role: 'primary',
      capacity: 100,
      workers: [3, 12],
      redis: 64,
      engines: [10, 200],
      peak: [25, 200],
    },
    {
      stack: 'uk-west',
      place: 'Manchester',
      role: 'failover',
      capacity: 80,
      workers: [2, 8],
      redis: 48,
      engines: [8, 160],
      peak: [20, 160],
    },
    {
      stack: 'eu-west',
      place: 'Dublin',
      role: 'disaster-recovery',
      capacity: 50,
      workers: [2, 6],
      redis: 32,
      engines: [5, 100],
      peak: [13, 100],
    },
  ] as const;
  for (const fact of facts) {
    it(`give ${fact.place} its figures`, () => {
      const config = load(fact.stack);
      assert.equal(config.identity.place, fact.place);
      assert.equal(config.identity.role, fact.role);
      assert.equal(config.capacityPercent, fact.capacity);
      assert.deepEqual(config.workers, { minimum: fact.workers[0], maximum: fact.workers[1] });
      assert.equal(config.redisMemoryGiB.cache + config.redisMemoryGiB.queue, fact.redis);
      assert.deepEqual(config.engineReplicas, { minimum: fact.engines[0], maximum: fact.engines[1] });
      assert.deepEqual(engineBounds(config.engineReplicas, 'peak'), { minimum: fact.peak[0], maximum: fact.peak[1] });
      assert.deepEqual(config.pool, {
        normal: { cpu: 32, memoryGiB: 128 },
        weddingSeason: { cpu: 128, memoryGiB: 512 },
      });
      assert.equal(config.storageGiB, 2048);
      assert.equal(config.networkGbps, 10);
    });
  }

  const homes = [
    { stack: 'uk-south', platform: 'aks', location: 'uksouth', zones: 3, admins: GROUPS },
    { stack: 'uk-west', platform: 'aks', location: 'ukwest', zones: 1, admins: GROUPS },
    { stack: 'eu-west', platform: 'eks', location: 'eu-west-1', zones: 3, admins: [] },
  ] as const;
  for (const { stack, admins, ...home } of homes) {
    it(`put ${stack} on ${home.platform}, at home in ${home.location}`, () => {
      const { cluster } = load(stack, { ...stackFile(stack), 'wedsync:clusterAdmins': admins });
      assert.deepEqual(
        { platform: cluster.platform, location: cluster.place.location, zones: cluster.zones },
        { ...home },
      );
      assert.equal(cluster.kubernetesVersion, '1.35');
    });
  }

  it('take a cluster that is there already to be at home, in 1.30 or later', () => {
    for (const { stack, zones } of homes) {
      const { cluster } = load(stack);
      assert.deepEqual([cluster.platform, cluster.zones, cluster.kubernetesVersion], ['existing', zones, '1.30']);
    }
    assert.equal(load('uk-west', { 'wedsync:zones': 2 }).cluster.zones, 2);
  });

  it('are frozen once read', () => {
    assert.ok(Object.isFrozen(load('uk-south')));
  });
});

describe('a bad value', () => {
  const cases: [what: string, change: Record<string, unknown>, message: RegExp][] = [
    [
      'a platform nobody knows',
      { 'wedsync:platform': 'azure' },
      /wedsync:platform is "azure"\. Allowed: aks, eks, gke, existing\./,
    ],
    [
      'a place under another law',
      { 'wedsync:platform': 'eks', 'wedsync:location': 'eu-west-1' },
      /wedsync:location is "eu-west-1"\. Allowed: eu-west-2 \(where the law of uk-south holds and eks is\), or empty/,
    ],
    [
      'more zones than the place has',
      { 'wedsync:platform': 'gke', 'wedsync:zones': 4 },
      /wedsync:zones is 4\. Allowed: a whole number from 0 to 3/,
    ],
    [
      'an administrator by the name of another cloud',
      { 'wedsync:platform': 'eks', 'wedsync:clusterAdmins': ['group:platform@example.com'] },
      /wedsync:clusterAdmins is "group:platform@example\.com"\. Allowed: ARNs of IAM roles/,
    ],
    [
      'administrators that are no list',
      { 'wedsync:platform': 'eks', 'wedsync:clusterAdmins': 'me' },
      /wedsync:clusterAdmins is "me"\. Allowed: a list of ARNs/,
    ],
    [
      'a project in capitals',
      { 'wedsync:gcpProject': 'WedSync' },
      /wedsync:gcpProject is "WedSync"\. Allowed: a project's id/,
    ],
    [
      'a capacity above all',
      { 'wedsync:capacityPercent': 120 },
      /wedsync:capacityPercent is 120\. Allowed: a whole number from 1 to 100\./,
    ],
    [
      'a word for a number',
      { 'wedsync:capacityPercent': 'all' },
      /wedsync:capacityPercent is "all"\. Allowed: a whole number/,
    ],
    [
      'bounds the wrong way round',
      { 'wedsync:workers': { minimum: 9, maximum: 3 } },
      /wedsync:workers is \{"minimum":9,"maximum":3\}\. Allowed: a minimum that is not above/,
    ],
    [
      'a misspelt member',
      { 'wedsync:engineReplicas': { minimum: 10, max: 200 } },
      /wedsync:engineReplicas\.maximum is not set\. Allowed: a whole number from 2/,
    ],
    ['half a GiB', { 'wedsync:redisMemoryGiB': { cache: 0.5, queue: 8 } }, /wedsync:redisMemoryGiB\.cache is 0\.5/],
    [
      'an image by tag',
      { 'wedsync:redisImage': 'docker.io/library/redis:8' },
      /wedsync:redisImage is "docker\.io\/library\/redis:8"\. Allowed: an image by digest/,
    ],
    [
      'an origin in the clear',
      { 'wedsync:originUrl': 'http://api.example.com/v1' },
      /wedsync:originUrl is "http:\/\/api\.example\.com\/v1"\. Allowed: an https/,
    ],
    [
      'an old Kubernetes',
      { 'wedsync:kubernetesVersion': '1.29' },
      /wedsync:kubernetesVersion is "1\.29"\. Allowed: a version from 1\.30/,
    ],
    ['a key nobody reads', { 'wedsync:redisMemory': 3 }, /wedsync:redisMemory is not a setting.*redisMemoryGiB/],
  ];
  for (const [what, change, message] of cases) {
    it(`such as ${what} is named with what is allowed`, () => {
      assert.throws(() => load('uk-south', change), message);
    });
  }

  it('such as a stack that is no region lists the regions', () => {
    assert.throws(
      () => loadConfig(new Config('wedsync'), 'paris'),
      /The stack "paris" is no region\..*uk-south, uk-west, eu-west/,
    );
  });
});
