import assert from 'node:assert/strict';
import { REGION_NAMES } from '@wedsync/domain';
import { loadPlatform } from '../../../components/cluster/platform.ts';
import { Region } from '../../../components/region/region.ts';
import { loadConfig } from '../../../config.ts';
import { record, type RecordedResource } from '../../support/pulumi/mocks.ts';
import { stackConfig } from '../../support/stacks.ts';

const program = async () => {
  const config = loadConfig();
  const platform = await loadPlatform(config.cluster.platform);
  return new Region(config.name, { config, platform, version: '1.2.3' });
};
const kinds = (resources: readonly RecordedResource[]) => resources.map(({ type }) => type.split(':').at(-1));

describe('the region component', () => {
  for (const stack of REGION_NAMES) {
    it(`makes ${stack} of its seven kinds of components and nothing by itself`, async () => {
      const { resources } = await record(stack, stackConfig(stack), program);
      const components = resources.filter(({ type }) => type.startsWith('wedsync:')).map(({ type }) => type);
      assert.deepEqual(components.sort(), [
        'wedsync:cache-service:CacheService',
        'wedsync:cluster-services:ClusterServices',
        'wedsync:cluster:Cluster',
        'wedsync:redis:RedisCluster',
        'wedsync:redis:RedisCluster',
        'wedsync:region:Region',
        'wedsync:security:Authority',
        'wedsync:security:Security',
      ]);
      assert.equal(kinds(resources).filter((kind) => kind === 'StatefulSet').length, 6);
      assert.equal(kinds(resources).filter((kind) => kind === 'PodDisruptionBudget').length, 3);
    });
  }

  it('builds the engine image under its version, and takes one that exists by digest instead', async () => {
    const built = await record('uk-south', stackConfig('uk-south'), program);
    const image = built.resources.find(({ type }) => type === 'docker-build:index:Image');
    assert.deepEqual(image?.inputs['tags'], ['wedsync.azurecr.io/cache-engine:1.2.3']);

    const reference = `wedsync.azurecr.io/cache-engine:1@sha256:${'b'.repeat(64)}`;
    const given = await record('uk-south', stackConfig('uk-south', { 'wedsync:engineImage': reference }), program);
    assert.equal(
      given.resources.some(({ type }) => type === 'docker-build:index:Image'),
      false,
    );
    const deployment = given.resources.find(({ type }) => type.endsWith(':Deployment'));
    assert.equal(JSON.stringify(deployment?.inputs).includes(reference), true);
  });

  it('takes a Redis password from secret configuration, and makes the others at random', async () => {
    const given = stackConfig('uk-south', { 'wedsync:redis-cache-engine': 'chosen by the stack' });
    const { resources } = await record('uk-south', given, program);
    const random = resources.filter(({ type }) => type.endsWith(':RandomPassword')).map(({ name }) => name);
    assert.equal(random.includes('redis-cache-engine'), false);
    assert.equal(random.includes('redis-queue-engine'), true);
    for (const name of ['redis-cache-passwords', 'cache-engine-secrets']) {
      const secret = resources.find((resource) => resource.name === name);
      assert.match(JSON.stringify(secret?.inputs['stringData']), /chosen by the stack/);
    }
  });

  it('gives the engine a judge and a cold tier when the stack has them, and a key-encryption key in any case', async () => {
    const plain = await record('uk-south', stackConfig('uk-south'), program);
    const secretOf = ({ resources }: typeof plain) =>
      JSON.stringify(resources.find(({ name }) => name === 'cache-engine-secrets')?.inputs['stringData']);
    assert.match(secretOf(plain), /"key-encryption-keys":"region-1 base64-of-cache-engine-key-encryption-key"/);
    const changes = {
      'wedsync:judgeUrl': 'https://judge.example.com/v1',
      'wedsync:judgeModel': 'small',
      'wedsync:judgeKey': 'sk-judge',
      'wedsync:coldTier': 's3://answers/uk-south',
      'wedsync:keyEncryptionKeys': 'chosen by the stack',
    };
    const given = await record('uk-south', stackConfig('uk-south', changes), program);
    assert.match(secretOf(given), /"key-encryption-keys":"chosen by the stack"/);
    assert.match(secretOf(given), /"judge-key":"sk-judge"/);
    const deployment = JSON.stringify(given.resources.find(({ type }) => type.endsWith(':Deployment'))?.inputs);
    for (const text of ['"JUDGE_MODEL","value":"small"', '"COLD_TIER","value":"s3://answers/uk-south"'])
      assert.ok(deployment.includes(text), text);
  });

  it('refuses half a judge', async () => {
    const config = stackConfig('uk-south', { 'wedsync:judgeUrl': 'https://judge.example.com/v1' });
    await assert.rejects(record('uk-south', config, program), /judgeUrl and wedsync:judgeModel belong together/);
  });

  it('mounts no service account token anywhere', async () => {
    const { resources } = await record('eu-west', stackConfig('eu-west'), program);
    const accounts = resources.filter(({ type }) => type.endsWith(':ServiceAccount'));
    assert.equal(accounts.length, 3);
    assert.ok(accounts.every(({ inputs }) => inputs['automountServiceAccountToken'] === false));
  });

  it('refuses figures that contradict each other', async () => {
    const config = stackConfig('uk-south', { 'wedsync:storageGiB': 150 });
    await assert.rejects(
      record('uk-south', config, program),
      /ask for 286 GiB of storage, and wedsync:storageGiB allows 150 GiB\. Raise it, or lower wedsync:redisMemoryGiB\./,
    );
  });
});
