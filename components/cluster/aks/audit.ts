import { DiagnosticSetting } from '@pulumi/azure-native/monitor/diagnosticSetting.js';
import { Workspace } from '@pulumi/azure-native/operationalinsights/workspace.js';
import type { Input, Resource } from '@pulumi/pulumi';
import type { ClusterPlan } from '../plan.ts';

/** Every request to the API server, who was let in by Entra ID, and what the control plane does. */
const CATEGORIES = [
  'kube-audit',
  'kube-audit-admin',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'cluster-autoscaler',
  'guard',
] as const;

/** Keeps the control plane's logs where the cluster cannot change them. */
export function auditLog(
  name: string,
  plan: ClusterPlan,
  { group, clusterId }: { readonly group: Input<string>; readonly clusterId: Input<string> },
  parent: Resource,
): void {
  const workspace = new Workspace(
    name,
    {
      resourceGroupName: group,
      location: plan.place.location,
      sku: { name: 'PerGB2018' },
      retentionInDays: plan.auditLogDays,
      features: { disableLocalAuth: true },
      tags: plan.tags,
    },
    { parent, protect: true },
  );
  new DiagnosticSetting(
    `${name}-audit`,
    {
      resourceUri: clusterId,
      workspaceId: workspace.id,
      logAnalyticsDestinationType: 'Dedicated',
      logs: CATEGORIES.map((category) => ({ category, enabled: true })),
    },
    { parent },
  );
}
