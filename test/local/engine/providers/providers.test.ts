import assert from 'node:assert/strict';
import path from 'node:path';
import { fillComputedFrom } from '../../../../local/engine/providers/computed.ts';
import { fillUnknownFrom } from '../../../../local/engine/providers/output-only.ts';
import { isManifest } from '../../../../local/engine/providers/kubernetes.ts';
import type { ResourceRequest } from '../../../../local/engine/providers/provider.ts';
import { providerRegistry } from '../../../../local/engine/providers/registry.ts';
import { secret, UNKNOWN, type PropertyMap } from '../../../../local/engine/values.ts';
import { MODULES } from '../support/project.ts';

const programDir = path.dirname(MODULES);
const find = providerRegistry({ programDir, imageBuilder: undefined, overrides: {} });

function request(type: string, inputs: PropertyMap, more: Partial<ResourceRequest> = {}): ResourceRequest {
  return {
    urn: `urn:pulumi:dev::shop::${type}::thing`,
    type,
    name: 'thing',
    inputs,
    provider: {},
    previous: undefined,
    ...more,
  };
}

const CONFIG_MAP = 'kubernetes:core/v1:ConfigMap';

describe('output-only properties', () => {
  const fill = fillUnknownFrom(programDir);

  it('are unknown in a preview, and no others', () => {
    assert.deepEqual(fill('kubernetes:apps/v1:Deployment', { kind: 'Deployment' }), {
      kind: 'Deployment',
      status: UNKNOWN,
    });
    assert.deepEqual(fill(CONFIG_MAP, { kind: 'ConfigMap' }), { kind: 'ConfigMap' });
    assert.deepEqual(fill('random:index/randomId:RandomId', { byteLength: 4 }), {
      ...{ byteLength: 4, b64Std: UNKNOWN, b64Url: UNKNOWN, dec: UNKNOWN, hex: UNKNOWN },
    });
    const image = fill('docker-build:index:Image', { push: true });
    assert.deepEqual(
      [image['digest'], image['ref'], image['push'], image['tags']],
      [UNKNOWN, UNKNOWN, true, undefined],
    );
  });

  it('are found for API groups with long names', () => {
    assert.equal(fill('kubernetes:networking.k8s.io/v1:Ingress', {})['status'], UNKNOWN);
  });

  it('are none for packages and types that are not installed', () => {
    assert.deepEqual(fill('nowhere:s3/bucket:Bucket', { a: 1 }), { a: 1 });
    assert.deepEqual(fill('kubernetes:example.test/v1:Widget', { a: 1 }), { a: 1 });
  });
});

describe('what a cloud adds by itself', () => {
  const fill = fillComputedFrom(programDir);

  it('is unknown in a preview, but not what may be left out for good', () => {
    const network = fill('gcp:compute/network:Network', { name: 'n', autoCreateSubnetworks: false });
    assert.deepEqual(
      ['name', 'autoCreateSubnetworks', 'project', 'selfLink', 'description'].map((name) => network[name]),
      ['n', false, UNKNOWN, UNKNOWN, undefined],
    );
  });

  it('is unknown inside of objects too, also of responses', () => {
    const cluster = fill('aws:eks/cluster:Cluster', { vpcConfig: { subnetIds: ['a'] } });
    const vpc = cluster['vpcConfig'] as PropertyMap;
    assert.deepEqual([vpc['subnetIds'], vpc['clusterSecurityGroupId']], [['a'], UNKNOWN]);
    const set = fill('azure-native:compute:DiskEncryptionSet', { identity: { type: 'SystemAssigned' } });
    assert.deepEqual(set['identity'], { type: 'SystemAssigned', principalId: UNKNOWN, tenantId: UNKNOWN });
  });

  it('stays hidden in a secret', () => {
    const inputs = { vpcConfig: secret({ subnetIds: ['a'] }) };
    assert.deepEqual(fill('aws:eks/cluster:Cluster', inputs)['vpcConfig'], inputs.vpcConfig);
  });

  it('is found whatever the letter case of its file, and is nothing for packages that are not installed', () => {
    assert.equal(fill('gcp:projects/iAMMember:IAMMember', {})['etag'], UNKNOWN);
    assert.deepEqual(fill('nowhere:s3/bucket:Bucket', { a: 1 }), { a: 1 });
  });
});

describe('Kubernetes objects', () => {
  const provider = find(CONFIG_MAP);
  const metadataOf = (inputs: PropertyMap, more: Partial<ResourceRequest> = {}): PropertyMap =>
    provider.check(request(CONFIG_MAP, inputs, more))['metadata'] as PropertyMap;

  it('without a name get one from the resource, the same in every run, and are marked', () => {
    const metadata = metadataOf({ metadata: { annotations: { a: 'b' } } });
    assert.match(String(metadata['name']), /^thing-[0-9a-f]{8}$/);
    assert.deepEqual(metadata['annotations'], { a: 'b', 'pulumi.com/autonamed': 'true' });
    assert.deepEqual(metadataOf({}), { ...metadata, annotations: { 'pulumi.com/autonamed': 'true' } });
    assert.notEqual(metadataOf({}, { urn: 'urn:other' })['name'], metadata['name']);
  });

  it('with a name, a generated name, or one that is not known yet keep it', () => {
    for (const given of [{ name: 'mine' }, { generateName: 'mine-' }, { name: UNKNOWN }]) {
      assert.deepEqual(metadataOf({ metadata: given }), given);
    }
    assert.deepEqual(provider.check(request(CONFIG_MAP, { metadata: UNKNOWN })), { metadata: UNKNOWN });
  });

  it('stand in the namespace of their provider, unless they say another or belong to the whole cluster', () => {
    const inNamespace = { provider: { namespace: 'wedsync' } };
    assert.equal(metadataOf({ metadata: { name: 'a' } }, inNamespace)['namespace'], 'wedsync');
    assert.equal(metadataOf({ metadata: { name: 'a', namespace: 'b' } }, inNamespace)['namespace'], 'b');
    const role = request(
      'kubernetes:rbac.authorization.k8s.io/v1:ClusterRole',
      { metadata: { name: 'a' } },
      inNamespace,
    );
    assert.deepEqual(provider.check(role)['metadata'], { name: 'a' });
  });

  it('are identified by namespace and name, and are in an update what the program asked for', async () => {
    const inputs = { metadata: { name: 'a', namespace: 'b' }, data: secret({ x: 'y' }) };
    assert.deepEqual(await provider.create(request(CONFIG_MAP, inputs)), { id: 'b/a', outputs: inputs });
    const namespace = request('kubernetes:core/v1:Namespace', { metadata: { name: 'a' } });
    assert.equal((await provider.create(namespace)).id, 'a');
  });

  it('are told from lists, patches, releases and charts', () => {
    assert.equal(isManifest('kubernetes:cert-manager.io/v1:Certificate'), true);
    for (const type of [
      'core/v1:ConfigMapList',
      'apps/v1:DeploymentPatch',
      'helm.sh/v3:Release',
      'yaml/v2:ConfigGroup',
    ]) {
      assert.equal(isManifest(`kubernetes:${type}`), false, type);
    }
  });
});

describe('images', () => {
  const IMAGE = 'docker-build:index:Image';

  it('are unknown in a preview, and in an update what the builder gave, built with secrets in the clear', async () => {
    const built: PropertyMap[] = [];
    const imageBuilder = async (inputs: PropertyMap): Promise<{ digest: string; ref: string }> => {
      built.push(inputs);
      return { digest: 'sha256:1', ref: 'registry.test/a@sha256:1' };
    };
    const provider = providerRegistry({ programDir, imageBuilder, overrides: {} })(IMAGE);
    const image = request(IMAGE, { tags: ['a'], secrets: secret({ token: 't' }) });
    assert.equal(provider.preview(image).outputs['ref'], UNKNOWN);
    const { id, outputs } = await provider.create(image);
    assert.deepEqual(built, [{ tags: ['a'], secrets: { token: 't' } }]);
    assert.deepEqual([id, outputs['digest'], outputs['ref']], ['sha256:1', 'sha256:1', 'registry.test/a@sha256:1']);
  });

  it('can not be made where nothing builds them', async () => {
    await assert.rejects(find(IMAGE).create(request(IMAGE, {})), {
      message: /there is nothing here that builds images/,
    });
  });
});

describe('a package without a provider on one machine', () => {
  const BUCKET = 'nowhere:s3/bucket:Bucket';

  it('is previewed with what is known', async () => {
    assert.deepEqual(find(BUCKET).preview(request(BUCKET, { acl: 'private' })), {
      id: '',
      outputs: { acl: 'private' },
    });
    assert.equal(await find(BUCKET).invoke('nowhere:index/getRegion:getRegion', {}, true), undefined);
  });

  it('is refused in an update, by name', async () => {
    await assert.rejects(find(BUCKET).create(request(BUCKET, {})), {
      name: 'UserError',
      message:
        /^There is no provider for nowhere:s3\/bucket:Bucket on one machine .* use the Pulumi CLI to update it\.$/,
    });
    await assert.rejects(find(BUCKET).invoke('nowhere:index/getRegion:getRegion', {}, false), {
      message: 'There is no provider for nowhere on one machine, so nowhere:index/getRegion:getRegion has no answer.',
    });
  });
});
