import assert from 'node:assert/strict';
import {
  monitoringFiles,
  prometheusConfiguration,
  ruleFile,
  targetsOf,
} from '../../../local/monitoring/configuration.ts';
import { scrapesOf } from '../../../local/monitoring/scrapes.ts';
import type { KubernetesObject, PodStatus } from '../../../local/pods/index.ts';

const service: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'shop', namespace: 'market', labels: { app: 'shop', instance: 'shop-one' } },
  spec: { selector: { app: 'shop' }, ports: [{ name: 'https', port: 443, targetPort: 'web' }] },
};

const deployment: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop', namespace: 'market' },
  spec: {
    template: {
      metadata: { labels: { app: 'shop', version: '1' } },
      spec: {
        containers: [
          { name: 'proxy', image: 'proxy:1', ports: [{ name: 'admin', containerPort: 9901 }] },
          { name: 'shop', image: 'shop:1', ports: [{ name: 'web', containerPort: 8443 }] },
        ],
      },
    },
  },
};

const monitor = (spec: Record<string, unknown> = {}): KubernetesObject => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  metadata: { name: 'shop', namespace: 'market' },
  spec: {
    selector: { matchLabels: { app: 'shop' } },
    endpoints: [
      {
        port: 'https',
        path: '/figures',
        scheme: 'https',
        interval: '15s',
        tlsConfig: { ca: { secret: { name: 'shop-tls', key: 'ca.crt' } }, serverName: 'shop.market' },
      },
    ],
    ...spec,
  },
});

const pod = (changes: Partial<PodStatus> = {}): PodStatus => ({
  ...{ namespace: 'market', name: 'shop-1', owner: 'Deployment market/shop', ip: '127.77.0.1', phase: 'Running' },
  ...{ ready: false, reason: undefined, restarts: 0, pids: [1], started: undefined },
  ...changes,
});

const everything = () => true;

describe('the scrapes of a machine', () => {
  it('are those of the ServiceMonitors: at the container that has the port, with the labels of the operator', () => {
    const [scrape, ...others] = scrapesOf([service, deployment, monitor()], everything);
    assert.deepEqual(others, []);
    assert.deepEqual(scrape, {
      ...{
        job: 'serviceMonitor/market/shop/0',
        scheme: 'https',
        path: '/figures',
        interval: '15s',
        timeout: undefined,
      },
      serverName: 'shop.market',
      authority: { namespace: 'market', secret: 'shop-tls', key: 'ca.crt' },
      pods: [
        {
          owner: 'Deployment market/shop',
          port: 8443,
          labels: { job: 'shop', namespace: 'market', service: 'shop', container: 'shop', endpoint: 'https' },
        },
      ],
    });
  });

  it('take the job from the label that the monitor names', () => {
    const [scrape] = scrapesOf([service, deployment, monitor({ jobLabel: 'instance' })], everything);
    assert.equal(scrape?.pods[0]?.labels['job'], 'shop-one');
  });

  it('go to nobody whom the selector, the namespace or this machine leaves out', () => {
    const none = (objects: readonly KubernetesObject[], runs: (image: string) => boolean = everything) =>
      assert.deepEqual(
        scrapesOf(objects, runs).flatMap(({ pods }) => pods),
        [],
      );
    none([service, deployment, monitor({ selector: { matchLabels: { app: 'other' } } })]);
    none([service, deployment, monitor({ namespaceSelector: { matchNames: ['elsewhere'] } })]);
    none([service, { ...deployment, metadata: { name: 'shop', namespace: 'elsewhere' } }, monitor()]);
    none([service, deployment, monitor()], (image) => image !== 'shop:1');
  });

  it('go to the Pods that run, ready or not', () => {
    const [scrape] = scrapesOf([service, deployment, monitor()], everything);
    assert.ok(scrape);
    const pods = [
      pod(),
      pod({ name: 'shop-2', ip: '127.77.0.2', phase: 'Pending' }),
      pod({ name: 'other-1', ip: '127.77.0.3', owner: 'Deployment market/other' }),
    ];
    const { labels } = scrape.pods[0] ?? {};
    assert.deepEqual(targetsOf(scrape, pods), [{ targets: ['127.77.0.1:8443'], labels: { ...labels, pod: 'shop-1' } }]);
  });

  it('are checked against the authority of the region, under TLS 1.3', () => {
    const files = monitoringFiles('/somewhere');
    const configuration = prometheusConfiguration(
      'uk-south',
      scrapesOf([service, deployment, monitor()], everything),
      files,
    );
    const [job] = (configuration as { scrape_configs: { tls_config: unknown; file_sd_configs: unknown }[] })
      .scrape_configs;
    assert.deepEqual(job?.tls_config, {
      ca_file: '/somewhere/market.shop-tls.ca.crt',
      server_name: 'shop.market',
      min_version: 'TLS13',
    });
    assert.deepEqual(job?.file_sd_configs, [{ files: ['/somewhere/targets-0.json'], refresh_interval: '10s' }]);
  });

  it('have the rules of all PrometheusRules beside them', () => {
    const rule = (name: string): KubernetesObject => ({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name },
      spec: { groups: [{ name }] },
    });
    assert.deepEqual(ruleFile([rule('one'), deployment, rule('two')]), { groups: [{ name: 'one' }, { name: 'two' }] });
  });
});
