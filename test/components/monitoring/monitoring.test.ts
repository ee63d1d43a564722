import assert from 'node:assert/strict';
import type { Inputs } from '@pulumi/pulumi';
import { prometheus, PROMETHEUS_RELEASE } from '../../../components/cluster-services/services/prometheus.ts';
import { Monitoring } from '../../../components/monitoring/monitoring.ts';
import { record } from '../../support/pulumi/mocks.ts';
import { FIGURES } from './region.ts';

/** The most that etcd takes for one object, by its default. */
const OBJECT_BYTES = 1024 * 1024;

describe("what a region's monitoring makes", () => {
  it('is a ConfigMap a dashboard, where the sidecar of Grafana looks, each small enough', async () => {
    const args = { ...FIGURES, namespace: 'monitoring', alertUrls: {}, runbook: 'docs/runbook.md' };
    const { resources } = await record('uk-south', {}, () => new Monitoring('monitoring', args));
    const maps = resources.filter(({ type }) => type === 'kubernetes:core/v1:ConfigMap').map(({ inputs }) => inputs);
    const files = maps.map(({ metadata, data }) => {
      const { name, namespace, labels } = metadata as { name: string; namespace: string; labels: Inputs };
      assert.equal(namespace, 'monitoring');
      assert.equal(labels['grafana_dashboard'], '1');
      const [file, ...others] = Object.entries(data as Record<string, string>);
      assert.deepEqual(others, []);
      assert.ok(Buffer.byteLength(file?.[1] ?? '') < OBJECT_BYTES);
      return `${name}/${file?.[0]}`;
    });
    assert.deepEqual(
      files,
      ['region', 'wedding-day', 'cache', 'redis', 'slo', 'season'].map(
        (name) => `wedsync-dashboard-${name}/wedsync-${name}.json`,
      ),
    );
  });

  it('carries the label that the chart is told of', () => {
    const facts = { region: 'uk-south', monitoringNamespace: 'monitoring' } as Parameters<typeof prometheus>[0];
    const release = prometheus(facts).releases.find(({ name }) => name === PROMETHEUS_RELEASE);
    const { grafana } = release?.values as { grafana: { sidecar: { dashboards: Inputs } } };
    assert.deepEqual(grafana.sidecar.dashboards, { label: 'grafana_dashboard', labelValue: '1' });
  });
});
