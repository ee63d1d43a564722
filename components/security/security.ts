import { LimitRange } from '@pulumi/kubernetes/core/v1/limitRange.js';
import { Namespace } from '@pulumi/kubernetes/core/v1/namespace.js';
import { PriorityClass } from '@pulumi/kubernetes/scheduling/v1/priorityClass.js';
import { ResourceQuota } from '@pulumi/kubernetes/core/v1/resourceQuota.js';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount.js';
import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy.js';
import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import { namespaceLabels } from '../shared/pod-security.ts';
import { PRIORITY_CLASSES } from '../shared/priority-classes.ts';
import type { Place } from '../shared/service-names.ts';
import type { Flow } from './flows.ts';
import { networkPolicies } from './network-policies.ts';
import type { NamespaceLimits } from './quotas.ts';

export interface SecurityArgs {
  /** Namespaces to make, each under Pod Security `restricted`. */
  readonly namespaces: readonly string[];
  /** What may be taken in each namespace. */
  readonly limits: readonly NamespaceLimits[];
  /** Service accounts to make; none gets a token mounted. */
  readonly serviceAccounts: readonly Place[];
  /** The only connections that are allowed. */
  readonly flows: readonly Flow[];
}

/** What every workload stands on: priority classes, namespaces with their limits, service accounts and network policies. */
export class Security extends ComponentResource {
  constructor(name: string, args: SecurityArgs, options?: ComponentResourceOptions) {
    super('wedsync:security:Security', name, {}, options);
    const parent = { parent: this };

    for (const { name: priority, ...fields } of PRIORITY_CLASSES)
      new PriorityClass(priority, { metadata: { name: priority }, ...fields }, parent);

    const namespaces = args.namespaces.map(
      (namespace) =>
        new Namespace(namespace, { metadata: { name: namespace, labels: namespaceLabels('restricted') } }, parent),
    );
    const inNamespaces = { parent: this, dependsOn: namespaces };
    for (const { metadata, spec } of networkPolicies(args.namespaces, args.flows)) {
      new NetworkPolicy(`${metadata.namespace}-${metadata.name}`, { metadata, ...(spec && { spec }) }, inNamespaces);
    }
    for (const { namespace, quota, limits } of args.limits) {
      const metadata = { name: 'region', namespace };
      new ResourceQuota(`${namespace}-quota`, { metadata, spec: quota }, inNamespaces);
      new LimitRange(`${namespace}-limits`, { metadata, spec: limits }, inNamespaces);
    }
    for (const account of args.serviceAccounts) {
      new ServiceAccount(account.name, { metadata: { ...account }, automountServiceAccountToken: false }, inNamespaces);
    }

    this.registerOutputs({});
  }
}
