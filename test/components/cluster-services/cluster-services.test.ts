import assert from 'node:assert/strict';
import { ClusterServices } from '../../../components/cluster-services/cluster-services.ts';
import {
  CLUSTER_SERVICES,
  type ServiceChoice,
  type ServiceChoices,
} from '../../../components/cluster-services/names.ts';
import { record } from '../../support/pulumi/mocks.ts';

const make = (choice: ServiceChoice) =>
  record('uk-south', {}, () => {
    const choices = Object.fromEntries(CLUSTER_SERVICES.map((name) => [name, choice])) as ServiceChoices;
    return new ClusterServices('cluster-services', {
      choices,
      region: 'uk-south',
      certManagerNamespace: 'certificates',
      monitoringNamespace: 'monitoring',
      prometheusUrl: undefined,
      falcoRules: {},
    });
  });

describe('the component of the cluster’s services', () => {
  it('makes a release for each, which goes back when it does not become ready', async () => {
    const { resources, result } = await make('install');
    const releases = resources.filter(({ type }) => type === 'kubernetes:helm.sh/v3:Release');
    assert.equal(releases.length, 10);
    for (const { name, inputs } of releases) {
      assert.equal(inputs['name'], name);
      assert.deepEqual([inputs['atomic'], inputs['cleanupOnFail'], inputs['timeout']], [true, true, 900]);
    }
    const certManager = releases.find(({ name }) => name === 'cert-manager');
    assert.deepEqual(
      [certManager?.inputs['namespace'], certManager?.inputs['version'], certManager?.inputs['repositoryOpts']],
      ['certificates', 'v1.21.1', { repo: 'https://charts.jetstack.io' }],
    );
    assert.equal(result.readyFor('prometheus', 'keda').length, 3);
  });

  it('gives Grafana a password of the stack’s own', async () => {
    const { resources } = await make('install');
    const secret = resources.find(({ name, type }) => name === 'grafana-admin' && type.endsWith(':Secret'));
    assert.match(JSON.stringify(secret?.inputs['stringData']), /"admin-password":"password-of-grafana-admin"/);
  });

  it('lets the region’s authority sign as soon as cert-manager is there, and before a release that serves or trusts under it', async () => {
    const { resources } = await make('install');
    const at = (kind: string, wanted: string) => {
      const found = resources.findIndex(({ name, type }) => name === wanted && type.endsWith(`:${kind}`));
      assert.ok(found >= 0, wanted);
      return found;
    };
    assert.ok(at('Release', 'cert-manager') < at('ClusterIssuer', 'wedsync-region'));
    for (const [certificate, release] of [
      ['monitoring-prometheus-tls', 'monitoring'],
      ['monitoring-alertmanager-tls', 'monitoring'],
      ['keda-region-trust', 'keda'],
      ['opencost-region-trust', 'opencost'],
      ['falco-region-trust', 'falco'],
    ] as const) {
      assert.ok(at('ClusterIssuer', 'wedsync-region') < at('Certificate', certificate), certificate);
      assert.ok(at('Certificate', certificate) < at('Release', release), release);
    }
  });

  it('makes nothing but the authority, and waits for nothing, where everything is there', async () => {
    const { resources, result } = await make('existing');
    assert.deepEqual(
      resources.map(({ type }) => type).filter((type) => !type.includes('cert-manager.io')),
      ['wedsync:cluster-services:ClusterServices', 'wedsync:security:Authority'],
    );
    assert.deepEqual(result.readyFor(...CLUSTER_SERVICES), []);
  });
});
