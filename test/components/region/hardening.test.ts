import assert from 'node:assert/strict';
import { Config } from '@pulumi/pulumi';
import { engineBounds, REGION_NAMES, SEASONS } from '@wedsync/domain';
import { loadPlatform } from '../../../components/cluster/platform.ts';
import { demand } from '../../../components/region/capacity.ts';
import { Region } from '../../../components/region/region.ts';
import { loadConfig } from '../../../config.ts';
import { record, type RecordedResource } from '../../support/pulumi/mocks.ts';
import { stackConfig } from '../../support/stacks.ts';

interface Quota {
  readonly spec: { readonly hard: Readonly<Record<string, string>> };
}
interface Constraint {
  readonly spec: {
    readonly enforcementAction: string;
    readonly match: { readonly namespaces?: readonly string[] };
    readonly parameters: Readonly<Record<string, unknown>>;
  };
}

const made = async (stack: string, changes: Record<string, unknown> = {}): Promise<RecordedResource[]> => {
  const program = async () => {
    const config = loadConfig();
    return new Region(config.name, { config, platform: await loadPlatform(config.cluster.platform), version: '1.2.3' });
  };
  return (await record(stack, stackConfig(stack, changes), program)).resources;
};
const services = (choices: Record<string, string>) => ({ 'wedsync:clusterServices': choices });
const admissionOf = (resources: readonly RecordedResource[]) =>
  resources.filter(({ type }) => type.includes('gatekeeper.sh/'));
const constraint = (resources: readonly RecordedResource[], name: string) =>
  resources.find((resource) => resource.name === name && resource.type.includes(':constraints.'))
    ?.inputs as unknown as Constraint;

describe("the region's guards", () => {
  it('are its rules at admission where the cluster has Gatekeeper, with its own zone, busy days and registries', async () => {
    const resources = await made('eu-west', services({ gatekeeper: 'existing' }));
    assert.equal(admissionOf(resources).length, 20);
    const freeze = constraint(resources, 'saturday-freeze');
    assert.equal(freeze.spec.enforcementAction, 'deny');
    assert.deepEqual(freeze.spec.match.namespaces, ['wedsync-cache', 'wedsync-redis']);
    assert.equal(freeze.spec.parameters['zone'], 'Europe/Dublin');
    assert.ok((freeze.spec.parameters['exemptUsers'] as string[]).includes('system:serviceaccount:keda:*'));
    const { registries } = constraint(resources, 'image-pinned').spec.parameters as { registries: string[] };
    const own = ['wedsync.azurecr.io', 'docker.io/library/redis', 'docker.io/oliver006/redis_exporter'];
    assert.deepEqual(registries, own);
  });

  it('are no rules at admission without Gatekeeper, or where the stack wants none', async () => {
    assert.deepEqual(admissionOf(await made('uk-south')), []);
    const off = await made('uk-south', { ...services({ gatekeeper: 'install' }), 'wedsync:admission': 'off' });
    assert.deepEqual(admissionOf(off), []);
  });

  it('only warn where the stack says so, and do nothing else that it could say', async () => {
    const warned = await made('uk-south', { ...services({ gatekeeper: 'install' }), 'wedsync:admission': 'warn' });
    assert.equal(constraint(warned, 'redis-users').spec.enforcementAction, 'warn');
    await assert.rejects(
      made('uk-south', { 'wedsync:admission': 'enforce' }),
      /wedsync:admission is "enforce"\. Allowed: deny, warn, dryrun, off/,
    );
  });

  it('reach Falco where the region installs it', async () => {
    const resources = await made('uk-south', services({ falco: 'install' }));
    const release = resources.find(({ name, type }) => name === 'falco' && type.endsWith(':Release'));
    assert.match(JSON.stringify(release?.inputs['values']), /Shell in a Redis container/);
  });

  for (const stack of REGION_NAMES) {
    it(`leave ${stack} room for its peak and a rolling update, and not for twice as much`, async () => {
      const resources = await made(stack);
      const hard = (namespace: string) =>
        (resources.find(({ name }) => name === `${namespace}-quota`)?.inputs as unknown as Quota).spec.hard;
      const inAll = (of: string) =>
        parseInt(hard('wedsync-cache')[of] ?? '') + parseInt(hard('wedsync-redis')[of] ?? '');
      const config = loadConfig(new Config('wedsync'), stack);
      const most = Math.max(...SEASONS.map((season) => engineBounds(config.engineReplicas, season).maximum));
      const pods = Number(hard('wedsync-cache')['pods']);
      assert.ok(pods >= most * 1.25 && pods < most * 2, String(pods));
      for (const season of SEASONS) {
        const { cpuMillis, memoryMiB, storageGiB } = demand(config, season);
        assert.ok(inAll('requests.cpu') > cpuMillis && inAll('requests.memory') > memoryMiB);
        assert.ok(inAll('requests.storage') >= storageGiB);
      }
    });
  }

  it('give every Pod a priority class that the region makes', async () => {
    const resources = await made('uk-south');
    const classes = resources.filter(({ type }) => type.endsWith(':PriorityClass'));
    const value = (name: string) => classes.find((each) => each.name === name)?.inputs['value'] as number;
    assert.ok(value('wedsync-wedding-day') > value('wedsync-serving'));
    assert.ok(value('wedsync-serving') > value('wedsync-batch'));
    const workloads = resources.filter(({ type }) => /:(Deployment|StatefulSet|Job|CronJob)$/.test(type));
    const used = workloads.map(({ inputs }) => /"priorityClassName":"([^"]*)"/.exec(JSON.stringify(inputs))?.[1]);
    assert.ok(used.length > 0);
    for (const name of used)
      assert.ok(
        classes.some((each) => each.name === name),
        String(name),
      );
  });
});
