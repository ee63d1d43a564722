import assert from 'node:assert/strict';
import {
  CLUSTER_SERVICES,
  type ClusterServiceName,
  SERVICE_CHOICES,
  type ServiceChoice,
  type ServiceChoices,
} from '../../../components/cluster-services/names.ts';
import { type ClusterServicesFigures, planClusterServices } from '../../../components/cluster-services/plan.ts';
import { fc } from '../../support/property.ts';

/** How a chart is told that a server answers under TLS, and how it is called. */
interface Served {
  readonly tlsConfig: {
    readonly cert: { readonly secret: { readonly name: string } };
    readonly keySecret: { readonly name: string };
    readonly minVersion: string;
  };
}
interface Called {
  readonly scheme: string;
  readonly tlsConfig: {
    readonly ca: { readonly secret: { readonly name: string; readonly key: string } };
    readonly serverName: string;
    readonly minVersion: string;
  };
}

const every = (choice: ServiceChoice) =>
  Object.fromEntries(CLUSTER_SERVICES.map((name) => [name, choice])) as Record<ClusterServiceName, ServiceChoice>;
const plan = (choices: ServiceChoices, changes: Partial<ClusterServicesFigures> = {}) =>
  planClusterServices({
    choices,
    region: 'uk-south',
    clusterName: 'wedsync-uk-south',
    certManagerNamespace: 'cert-manager',
    monitoringNamespace: 'monitoring',
    prometheusUrl: undefined,
    falcoRules: {},
    ...changes,
  });
const anyChoices = fc.record(
  Object.fromEntries(CLUSTER_SERVICES.map((name) => [name, fc.constantFrom(...SERVICE_CHOICES)])),
) as fc.Arbitrary<ServiceChoices>;

describe('the services of a cluster', () => {
  it('are pinned to one version each, of a chart in a repository that is reached by https', () => {
    for (const { name, version, repository, chart } of plan(every('install')).releases) {
      assert.match(version, /^v?\d+\.\d+\.\d+$/, name);
      assert.match(repository ?? chart, /^(https|oci):\/\//, name);
    }
  });

  it('leave a cluster alone that has everything, or does without', () => {
    for (const choice of ['existing', 'absent'] as const) {
      const { namespaces, releases } = plan(every(choice));
      assert.deepEqual([namespaces, releases], [[], []]);
    }
  });

  it('come in order: definitions before whoever makes monitors, cert-manager before whoever needs a certificate', () => {
    const names = plan(every('install')).releases.map(({ name }) => name);
    assert.deepEqual(names, [
      'monitoring-definitions',
      'cert-manager',
      'monitoring',
      'keda',
      'gatekeeper',
      'velero',
      'falco',
      'opencost',
      'karpenter-definitions',
      'karpenter',
    ]);
  });

  it('are installed when and only when the choice says so, each into a namespace that is made, after what it names', () => {
    fc.assert(
      fc.property(anyChoices, (choices) => {
        const { namespaces, releases } = plan(choices);
        const installed = new Set(releases.map(({ service }) => service));
        assert.deepEqual(
          CLUSTER_SERVICES.filter((name) => installed.has(name)),
          CLUSTER_SERVICES.filter((name) => choices[name] === 'install'),
        );
        const made = namespaces.map(({ name }) => name);
        assert.equal(new Set(made).size, made.length);
        const before = new Set<string>();
        for (const { name, namespace, after } of releases) {
          assert.ok(made.includes(namespace), `${name} into ${namespace}`);
          assert.ok(
            after.every((other) => before.has(other)),
            `${name} after ${after.join(', ')}`,
          );
          before.add(name);
        }
      }),
    );
  });

  it('make monitors only where the definitions of the Prometheus operator are', () => {
    const monitors = (prometheus: ServiceChoice) =>
      JSON.stringify(plan({ ...every('install'), openCost: 'absent', prometheus }).releases).match(
        /"(serviceMonitor|servicemonitor|nodeAgentPodMonitor)":\{"(enabled|create)":true/g,
      )?.length ?? 0;
    assert.deepEqual([monitors('install'), monitors('existing'), monitors('absent')], [8, 8, 0]);
  });

  it('know where Prometheus answers: their own, the one that the stack names, or none', () => {
    const url = (prometheus: ServiceChoice, prometheusUrl?: string) =>
      plan({ ...every('absent'), prometheus }, { prometheusUrl }).prometheusUrl;
    assert.equal(url('install'), 'https://monitoring-prometheus.monitoring.svc.cluster.local:9090');
    assert.equal(url('existing', 'http://prometheus.example:9090'), 'http://prometheus.example:9090');
    assert.equal(url('existing'), undefined);
    assert.equal(url('absent', 'http://prometheus.example:9090'), undefined);
  });

  it('let Prometheus and Alertmanager answer under TLS 1.3 alone, by certificates for the names by which they are called', () => {
    const { releases, prometheusUrl } = plan(every('install'));
    const { values, certificates = [] } = releases.find(({ name }) => name === 'monitoring') ?? {};
    const { prometheus, alertmanager, grafana } = values as unknown as {
      prometheus: { serviceMonitor: Called; prometheusSpec: { web: Served; externalUrl: string } };
      alertmanager: { serviceMonitor: Called; alertmanagerSpec: { web: Served; externalUrl: string } & Called };
      grafana: { sidecar: { datasources: { url: string; alertmanager: { url: string } } } };
    };
    const { datasources } = grafana.sidecar;
    for (const { served, called, url } of [
      { served: prometheus.prometheusSpec.web, called: [prometheus.serviceMonitor], url: prometheusUrl },
      { served: prometheus.prometheusSpec.web, called: [], url: datasources.url },
      { served: prometheus.prometheusSpec.web, called: [], url: prometheus.prometheusSpec.externalUrl },
      { served: alertmanager.alertmanagerSpec.web, called: [], url: alertmanager.alertmanagerSpec.externalUrl },
      {
        served: alertmanager.alertmanagerSpec.web,
        called: [alertmanager.serviceMonitor, alertmanager.alertmanagerSpec],
        url: datasources.alertmanager.url,
      },
    ]) {
      const { cert, keySecret, minVersion } = served.tlsConfig;
      assert.equal(minVersion, 'TLS13');
      assert.equal(cert.secret.name, keySecret.name);
      const certificate = certificates.find(({ secretName }) => secretName === keySecret.name);
      const { protocol, hostname } = new URL(url ?? '');
      assert.equal(protocol, 'https:');
      assert.ok(certificate?.dnsNames?.includes(hostname), hostname);
      for (const { scheme, tlsConfig } of called) {
        assert.equal(scheme, 'https');
        assert.deepEqual(
          [tlsConfig.serverName, tlsConfig.minVersion, tlsConfig.ca.secret],
          [hostname, 'TLS13', { name: keySecret.name, key: 'ca.crt' }],
        );
      }
    }
  });

  it('hand the region’s authority, and no key with it, to whoever calls those two', () => {
    const { releases } = plan(every('install'));
    for (const name of ['monitoring', 'keda', 'opencost', 'falco']) {
      const { certificates = [], values } = releases.find((release) => release.name === name) ?? {};
      const text = JSON.stringify(values);
      const mounted = /"secretName":"([^"]+)","items":\[\{"key":"ca\.crt","path":"ca\.crt"\}\]/.exec(text)?.[1];
      assert.ok(
        certificates.some(({ secretName }) => secretName === mounted),
        name,
      );
      assert.match(text, /"mountPath":"(\/etc\/wedsync\/trust|\/custom\/ca)","readOnly":true/, name);
    }
  });

  it('run under Pod Security restricted but for agents that see the machine', () => {
    const levels = plan(every('install')).namespaces.map(({ name, labels }) => [
      name,
      labels['pod-security.kubernetes.io/enforce'],
    ]);
    assert.deepEqual(Object.fromEntries(levels), {
      'cert-manager': 'restricted',
      monitoring: 'restricted',
      'monitoring-nodes': 'privileged',
      keda: 'restricted',
      'gatekeeper-system': 'restricted',
      velero: 'privileged',
      falco: 'privileged',
      opencost: 'restricted',
      karpenter: 'restricted',
    });
  });

  it('let nothing into their namespaces but at the ports of webhooks and metrics', () => {
    for (const { name, networkPolicies } of plan(every('install')).namespaces) {
      assert.deepEqual(networkPolicies[0], {
        name: 'default-deny',
        spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
      });
      const [, opening] = networkPolicies;
      const fromAnywhere = (opening?.spec as { ingress: { from?: unknown; ports?: unknown[] }[] }).ingress.filter(
        ({ from }) => from === undefined,
      );
      assert.ok(
        fromAnywhere.every(({ ports }) => (ports?.length ?? 0) > 0),
        `${name} is open at every port`,
      );
    }
  });

  it('back up to nowhere until somebody says where', () => {
    const velero = plan(every('install')).releases.find(({ name }) => name === 'velero');
    assert.deepEqual(velero?.values['configuration'], {
      uploaderType: 'kopia',
      logFormat: 'json',
      backupStorageLocation: [],
      volumeSnapshotLocation: [],
    });
  });

  it('give Falco the rules of the region', () => {
    const falcoRules = { 'redis.yaml': '- rule: Shell in Redis' };
    const falco = plan(every('install'), { falcoRules }).releases.find(({ name }) => name === 'falco');
    assert.deepEqual(falco?.values['customRules'], falcoRules);
  });
});
