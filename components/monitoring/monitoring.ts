import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js';
import { Secret } from '@pulumi/kubernetes/core/v1/secret.js';
import { all, ComponentResource, type ComponentResourceOptions, type Output } from '@pulumi/pulumi';
import { objectLabels } from '../shared/labels.ts';
import { TypedResource } from '../shared/typed-resource.ts';
import { dashboardFiles } from './dashboards/all.ts';
import { ALERTMANAGER_SECRET, DASHBOARD_LABEL } from './names.ts';
import { type MonitoringFigures, ruleGroups } from './plan.ts';
import { alertmanagerConfiguration, type ReceiverName, type ReceiverPlaces } from './routing.ts';
import { ruleSpec } from './rules.ts';

export interface MonitoringArgs extends MonitoringFigures {
  /** Where Prometheus is, and looks for rules. */
  readonly namespace: string;
  /** Where alerts go, by receiver; secrets. */
  readonly alertUrls: Readonly<Partial<Record<Exclude<ReceiverName, 'nobody'>, Output<string>>>>;
  /** Where docs/runbook.md is read. */
  readonly runbook: string;
}

/** What Prometheus works out for the region, whom Alertmanager tells, and what Grafana shows. */
export class Monitoring extends ComponentResource {
  constructor(name: string, args: MonitoringArgs, options?: ComponentResourceOptions) {
    super('wedsync:monitoring:Monitoring', name, {}, options);
    const parent = { parent: this };
    const metadata = (object: string) => ({
      name: object,
      namespace: args.namespace,
      labels: objectLabels('monitoring', name),
    });
    new TypedResource<IPrometheusRule>(
      `${name}-rules`,
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'PrometheusRule',
        metadata: metadata('wedsync'),
        spec: ruleSpec(ruleGroups(args), args.runbook),
      },
      parent,
    );
    const places = all({ ...args.alertUrls }).apply(
      (urls) => Object.fromEntries(Object.entries(urls).map(([to, url]) => [to, { url }])) as ReceiverPlaces,
    );
    new Secret(
      `${name}-alertmanager`,
      {
        metadata: metadata(ALERTMANAGER_SECRET.name),
        // JSON is YAML.
        stringData: {
          [ALERTMANAGER_SECRET.key]: places.apply((to) => JSON.stringify(alertmanagerConfiguration(to), undefined, 2)),
        },
      },
      parent,
    );
    for (const { name: dashboard, text } of dashboardFiles(args, args.runbook)) {
      const { labels, ...rest } = metadata(`wedsync-dashboard-${dashboard}`);
      new ConfigMap(
        `${name}-dashboard-${dashboard}`,
        {
          metadata: { ...rest, labels: { ...labels, [DASHBOARD_LABEL.name]: DASHBOARD_LABEL.value } },
          data: { [`wedsync-${dashboard}.json`]: text },
        },
        parent,
      );
    }
    this.registerOutputs({});
  }
}
