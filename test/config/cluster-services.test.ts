import assert from 'node:assert/strict';
import { Config, runtime } from '@pulumi/pulumi';
import type { Platform } from '@wedsync/domain';
import { clusterServices } from '../../config/cluster-services.ts';
import { Settings } from '../../config/settings.ts';
import { stackConfig } from '../support/stacks.ts';

function read(platform: Platform, changes: Record<string, unknown> = {}) {
  const given = Object.fromEntries(Object.entries(changes).map(([key, value]) => [`wedsync:${key}`, value]));
  runtime.setAllConfig(stackConfig('uk-south', { 'wedsync:clusterServices': {}, ...given }));
  return clusterServices(new Settings(new Config('wedsync')), platform);
}

describe('the setting of the cluster’s services', () => {
  it('installs everything into a cluster of a cloud, and leaves one alone that exists', () => {
    assert.deepEqual([...new Set(Object.values(read('eks').choices))], ['install']);
    const { certManager, ...others } = read('existing').choices;
    assert.equal(certManager, 'existing');
    assert.deepEqual([...new Set(Object.values(others))], ['absent']);
  });

  it('has Karpenter add workers on EKS, and nowhere else', () => {
    assert.deepEqual([read('eks').choices.karpenter, read('aks').choices.karpenter], ['install', 'absent']);
    const asked = { clusterServices: { karpenter: 'install' } };
    assert.throws(() => read('gke', asked), /karpenter is "install"\. Allowed: existing or absent on the platform gke/);
  });

  it('takes a choice for each service', () => {
    const { choices } = read('aks', { clusterServices: { keda: 'existing', falco: 'absent' } });
    assert.deepEqual([choices.keda, choices.falco, choices.velero], ['existing', 'absent', 'install']);
  });

  const refused: [string, Record<string, unknown>, RegExp][] = [
    ['a service that it does not know', { clusterServices: { kedda: 'install' } }, /only these names: certManager, /],
    [
      'a choice that is none',
      { clusterServices: { keda: 'yes' } },
      /clusterServices\.keda is "yes".*install, existing, absent/,
    ],
    [
      'a region without certificates',
      { clusterServices: { certManager: 'absent' } },
      /certManager is "absent".*install, existing/,
    ],
    ['something that is no object', { clusterServices: 'all' }, /such as \{ keda: existing \}/],
    [
      'costs without metrics',
      { clusterServices: { prometheus: 'absent' } },
      /openCost is "install".*OpenCost reads Prometheus/,
    ],
    ['an address that is none', { prometheusUrl: 'prometheus:9090' }, /prometheusUrl is "prometheus:9090"/],
  ];
  for (const [what, changes, message] of refused)
    it(`refuses ${what}`, () => {
      assert.throws(() => read('eks', changes), message);
    });

  it('lets OpenCost read a Prometheus that is there, once it knows where', () => {
    const prometheusUrl = 'http://prometheus.metrics.svc:9090/';
    const found = read('eks', { clusterServices: { prometheus: 'existing' }, prometheusUrl });
    assert.equal(found.prometheusUrl, 'http://prometheus.metrics.svc:9090');
    assert.equal(found.choices.openCost, 'install');
  });
});
