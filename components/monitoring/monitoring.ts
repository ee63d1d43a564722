import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { Secret } from '@pulumi/kubernetes/core/v1/secret.js';
import { all, ComponentResource, type ComponentResourceOptions, type Output } from '@pulumi/pulumi';
import { objectLabels } from '../shared/labels.ts';
import { TypedResource } from '../shared/typed-resource.ts';
import { ALERTMANAGER_SECRET } from './names.ts';
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

/** What Prometheus works out for the region, and whom Alertmanager tells. */
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
    this.registerOutputs({});
  }
}
