import assert from 'node:assert/strict';
import { Config, runtime } from '@pulumi/pulumi';
import { REGION_NAMES } from '@wedsync/domain';
import { ENVIRONMENT, hashOfToken, HTTP_PORT } from '@wedsync/region-operator/contract';
import { loadPlatform } from '../../../components/cluster/platform.ts';
import { consoleFigures } from '../../../components/region/console-figures.ts';
import { regionFlows } from '../../../components/region/flows.ts';
import { PLACES } from '../../../components/region/places.ts';
import { Region } from '../../../components/region/region.ts';
import { loadConfig } from '../../../config.ts';
import { Accounts } from '../../../services/region-operator/src/sign-in/accounts.ts';
import { record, type RecordedResource } from '../../support/pulumi/mocks.ts';
import { stackConfig, stackFile } from '../../support/stacks.ts';

const SECURED = 'https://prometheus.monitoring.svc.cluster.local:9443';

async function deployed(settings: Record<string, unknown>) {
  const { resources } = await record('uk-south', stackConfig('uk-south', settings), async () => {
    const config = loadConfig();
    const platform = await loadPlatform(config.cluster.platform);
    return new Region(config.name, { config, platform, version: '1.2.3' });
  });
  return resources;
}

const existing = (prometheusUrl: string) => ({
  'wedsync:clusterServices': { prometheus: 'existing' },
  'wedsync:prometheusUrl': prometheusUrl,
});

/** An object of the console, as it was asked for. */
function object(resources: readonly RecordedResource[], kind: string, name = 'region-operator') {
  const found = resources.find(({ type, inputs }) => {
    const { metadata } = inputs as { metadata?: { name?: string } };
    return type.endsWith(`:${kind}`) && metadata?.name === name;
  });
  return found?.inputs as Record<string, never> | undefined;
}

describe('the console of a region', () => {
  let resources: RecordedResource[];
  before(async () => (resources = await deployed(existing(SECURED))));

  it('is there where a Prometheus answers under TLS, and nowhere else', async () => {
    assert.ok(object(resources, 'Deployment'));
    for (const settings of [{}, existing('http://prometheus.monitoring.svc:9090')]) {
      const without = await deployed(settings);
      assert.equal(object(without, 'Deployment'), undefined);
      assert.equal(object(without, 'ServiceAccount'), undefined);
      assert.equal(
        without.some(({ name }) => name.includes('region-operator')),
        false,
      );
    }
  });

  it('has alerts where it is there, and none that would always fire where it is not', async () => {
    const groups = (all: readonly RecordedResource[]) => {
      const { spec } = object(all, 'PrometheusRule', 'wedsync') as unknown as { spec: { groups: { name: string }[] } };
      return spec.groups.map(({ name }) => name);
    };
    const without = await deployed(existing('http://prometheus.monitoring.svc:9090'));
    assert.deepEqual(
      groups(resources).filter((name) => !groups(without).includes(name)),
      ['wedsync.console'],
    );
  });

  it('is there where the region installs its Prometheus, as each stack does on its cloud', () => {
    for (const stack of REGION_NAMES) {
      runtime.setAllConfig(stackConfig(stack, stackFile(stack)));
      const config = loadConfig(new Config('wedsync'), stack);
      assert.equal(config.clusterServices.choices.prometheus, 'install');
      assert.equal(
        consoleFigures(config)?.prometheusUrl,
        `https://monitoring-prometheus.${config.clusterServices.monitoringNamespace}.svc.cluster.local:9090`,
      );
    }
  });

  it('is told by its environment what its configuration asks for, secrets by file', () => {
    const { spec } = object(resources, 'Deployment') as unknown as {
      spec: { template: { spec: { containers: [{ env: { name: string; value?: string }[] }] } } };
    };
    const env = new Map(spec.template.spec.containers[0].env.map(({ name, value }) => [name, value]));
    for (const name of Object.values(ENVIRONMENT)) assert.ok(env.has(name) || name === ENVIRONMENT.logLevel, name);
    assert.equal(env.get(ENVIRONMENT.prometheusUrl), SECURED);
    assert.equal(env.get(ENVIRONMENT.engineUrl), 'https://cache-engine.wedsync-cache.svc.cluster.local:443');
    assert.match(env.get(ENVIRONMENT.busyDays) ?? '', /^\d{4}-\d{2}-\d{2}=\d+\.\d\d(,|$)/);
  });

  it('lets one admin in by a token that is kept in the state alone, and by its hash in the cluster', () => {
    const { stringData } = object(resources, 'Secret', 'region-operator-secrets') as unknown as {
      stringData: { value: Record<string, string> } | Record<string, string>;
    };
    const data = JSON.stringify(stringData);
    assert.equal(data.includes(hashOfToken('password-of-region-operator-token')), true);
    assert.equal(data.includes('password-of-region-operator-token"'), false);
    const line = `admin admin ${hashOfToken('password-of-region-operator-token')}\n`;
    assert.equal(Accounts.parse(line, 'accounts').find('admin')?.role, 'admin');
  });

  it('takes the accounts that the stack gives, and makes no token then', async () => {
    const accounts = `ada viewer ${hashOfToken('t')}`;
    const given = await deployed({ ...existing(SECURED), 'wedsync:consoleAccounts': accounts });
    assert.equal(JSON.stringify(object(given, 'Secret', 'region-operator-secrets')).includes(accounts), true);
    assert.equal(
      given.some(({ name }) => name === 'region-operator-token'),
      false,
    );
  });

  it('runs without a token of its service account, under restricted, and one at a time is taken away', () => {
    const { spec } = object(resources, 'Deployment') as unknown as {
      spec: {
        replicas: number;
        template: {
          spec: {
            automountServiceAccountToken: boolean;
            priorityClassName: string;
            serviceAccountName: string;
            containers: [{ securityContext: { readOnlyRootFilesystem: boolean } }];
          };
        };
      };
    };
    const pod = spec.template.spec;
    assert.deepEqual(
      [spec.replicas, pod.automountServiceAccountToken, pod.priorityClassName],
      [2, false, 'wedsync-serving'],
    );
    assert.equal(pod.containers[0].securityContext.readOnlyRootFilesystem, true);
    assert.ok(object(resources, 'ServiceAccount', pod.serviceAccountName));
    const budget = object(resources, 'PodDisruptionBudget') as unknown as { spec: { maxUnavailable: number } };
    assert.equal(budget.spec.maxUnavailable, 1);
  });

  it('may be reached by people and Prometheus, and reaches Prometheus and the engine, and nothing else', () => {
    const flows = regionFlows(PLACES, 'gateway', [], 'monitoring', SECURED);
    const nameOf = (peer: (typeof flows)[number]['from']) =>
      peer.kind === 'pods' ? peer.place.name : peer.kind === 'namespace' ? peer.namespace : peer.kind;
    const own = flows
      .map(({ from, to, ports }) => [nameOf(from), nameOf(to), ...ports])
      .filter((flow) => flow.includes('region-operator'));
    assert.deepEqual(own, [
      ['gateway', 'region-operator', HTTP_PORT],
      ['monitoring', 'region-operator', HTTP_PORT],
      ['region-operator', 'monitoring', 9443],
      ['region-operator', 'cache-engine', 8443],
    ]);
  });
});
