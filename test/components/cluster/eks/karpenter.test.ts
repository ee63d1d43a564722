import type { IEC2NodeClass } from '@kubernetes-models/karpenter/karpenter.k8s.aws/v1/EC2NodeClass';
import assert from 'node:assert/strict';
import { loadPlatform } from '../../../../components/cluster/platform.ts';
import { Region } from '../../../../components/region/region.ts';
import { loadConfig } from '../../../../config.ts';
import { record, type RecordedResource } from '../../../support/pulumi/mocks.ts';
import { stackConfig } from '../../../support/stacks.ts';

async function make(karpenter?: 'absent'): Promise<RecordedResource[]> {
  const services = karpenter === undefined ? {} : { karpenter };
  const given = { 'wedsync:platform': 'eks', 'wedsync:clusterServices': services };
  const { resources } = await record('eu-west', stackConfig('eu-west', given), async () => {
    const config = loadConfig();
    new Region(config.name, { config, platform: await loadPlatform('eks'), version: '1.2.3' });
  });
  return resources;
}

const ofKind = (resources: readonly RecordedResource[], kind: string) =>
  resources.filter(({ type }) => type.endsWith(`:${kind}`));

describe('Karpenter on EKS', () => {
  it('has a role that its own Pods alone take on, and hears from AWS what becomes of its machines', async () => {
    const resources = await make();
    const [identity] = ofKind(resources, 'PodIdentityAssociation');
    assert.deepEqual([identity?.inputs['namespace'], identity?.inputs['serviceAccount']], ['karpenter', 'karpenter']);
    assert.equal(ofKind(resources, 'EventTarget').length, 5);
    const [queue] = ofKind(resources, 'Queue');
    assert.deepEqual([queue?.inputs['name'], queue?.inputs['sqsManagedSseEnabled']], ['wedsync-eu-west', true]);
    const release = resources.find(({ type, name }) => type.endsWith(':Release') && name === 'karpenter');
    assert.deepEqual((release?.inputs['values'] as Record<string, unknown>)['settings'], {
      clusterName: 'wedsync-eu-west',
      interruptionQueue: 'wedsync-eu-west',
    });
  });

  it('makes workers as the cluster’s own: their role, their security group, their key', async () => {
    const resources = await make();
    const { spec } = ofKind(resources, 'EC2NodeClass')[0]?.inputs as unknown as IEC2NodeClass;
    assert.equal(spec?.role, 'wedsync-eu-west-workers');
    assert.deepEqual(spec.securityGroupSelectorTerms, [{ id: 'sg-cluster' }]);
    assert.equal(ofKind(resources, 'NodePool').length, 1);
  });

  it('leaves nothing behind where the stack does without it', async () => {
    const resources = await make('absent');
    for (const kind of ['NodePool', 'EC2NodeClass', 'PodIdentityAssociation', 'Queue', 'EventRule'])
      assert.deepEqual(ofKind(resources, kind), [], kind);
  });
});
