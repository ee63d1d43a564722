import type { IEC2NodeClass } from '@kubernetes-models/karpenter/karpenter.k8s.aws/v1/EC2NodeClass';
import type { INodePool } from '@kubernetes-models/karpenter/karpenter.sh/v1/NodePool';
import { Namespace } from '@pulumi/kubernetes/core/v1/namespace.js';
import { ResourceQuota } from '@pulumi/kubernetes/core/v1/resourceQuota.js';
import { Secret } from '@pulumi/kubernetes/core/v1/secret.js';
import { Release } from '@pulumi/kubernetes/helm/v3/release.js';
import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy.js';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import { RandomPassword } from '@pulumi/random/randomPassword.js';
import type { NodeScaling } from '../cluster/node-scaling.ts';
import { Authority } from '../security/authority.ts';
import { Certificate } from '../security/certificate.ts';
import { TypedResource } from '../shared/typed-resource.ts';
import { NODE_CLASS, nodeClass, nodePool } from './karpenter-nodes.ts';
import type { ClusterServiceName } from './names.ts';
import { type ClusterServicesFigures, type PlannedNamespace, planClusterServices } from './plan.ts';
import type { ServiceRelease } from './release.ts';
import { GRAFANA_SECRET } from './services/prometheus.ts';

/** Images come from the internet, and a webhook answers only after its certificate is there. */
const TIMEOUT_SECONDS = 900;
/** What `helm rollback` can go back to. */
const HISTORY = 5;
const PASSWORD_LENGTH = 32;

export interface ClusterServicesArgs extends Omit<ClusterServicesFigures, 'clusterName'> {
  /** What Karpenter must know of the cluster. @default no Karpenter */
  readonly nodeScaling?: NodeScaling | undefined;
}

/** The services that a region installs into its cluster, each a pinned Helm release, and the authority that signs for all of it. */
export class ClusterServices extends ComponentResource {
  /** Where Prometheus answers, whoever installed it; `undefined` where there is none. */
  readonly prometheusUrl: string | undefined;
  /** Signs for every service, as soon as cert-manager is there, whoever installed that. */
  readonly authority: Authority;
  private readonly releases = new Map<string, Release>();
  private readonly services = new Map<ClusterServiceName, Release[]>();

  constructor(name: string, args: ClusterServicesArgs, options?: ComponentResourceOptions) {
    super('wedsync:cluster-services:ClusterServices', name, {}, options);
    const { nodeScaling } = args;
    const plan = planClusterServices({ ...args, clusterName: nodeScaling?.plan.name ?? '' });
    const namespaces = new Map(plan.namespaces.map((namespace) => [namespace.name, this.namespace(namespace)]));
    let authority: Authority | undefined;
    const signing = () =>
      (authority ??= new Authority('authority', args, { parent: this, dependsOn: this.readyFor('certManager') }));
    for (const release of plan.releases) {
      const namespace = namespaces.get(release.namespace) ?? [];
      const before = [
        ...namespace,
        ...this.secretsOf(release, namespace),
        ...(release.certificates === undefined ? [] : this.certificatesOf(release, [...namespace, signing()])),
        ...release.after.flatMap((other) => this.releases.get(other) ?? []),
        ...(release.service === 'karpenter' ? (nodeScaling?.ready ?? []) : []),
      ];
      const made = this.release(release, before);
      this.releases.set(release.name, made);
      this.services.set(release.service, [...(this.services.get(release.service) ?? []), made]);
    }
    if (nodeScaling !== undefined) this.addWorkers(nodeScaling);
    this.authority = signing();
    this.prometheusUrl = plan.prometheusUrl;
    this.registerOutputs({ prometheusUrl: this.prometheusUrl });
  }

  /** What must be there before objects of these services can be made; nothing for those that were there already. */
  readyFor(...names: readonly ClusterServiceName[]): Resource[] {
    return names.flatMap((service) => this.services.get(service) ?? []);
  }

  private namespace({ name, labels, quota, networkPolicies }: PlannedNamespace): Resource[] {
    const namespace = new Namespace(name, { metadata: { name, labels } }, { parent: this });
    const inside = { parent: this, dependsOn: namespace };
    const metadata = (object: string) => ({ name: object, namespace: name });
    return [
      namespace,
      new ResourceQuota(`${name}-critical-pods`, { metadata: metadata('critical-pods'), spec: quota }, inside),
      ...networkPolicies.map(
        (policy) =>
          new NetworkPolicy(`${name}-${policy.name}`, { metadata: metadata(policy.name), spec: policy.spec }, inside),
      ),
    ];
  }

  private certificatesOf({ certificates = [], namespace }: ServiceRelease, dependsOn: Resource[]): Resource[] {
    return certificates.map(
      (spec) =>
        new Certificate(`${namespace}-${spec.secretName}`, { namespace, name: spec.secretName }, spec, {
          parent: this,
          dependsOn,
        }),
    );
  }

  private release(release: ServiceRelease, dependsOn: Resource[]): Release {
    const { name, chart, repository, version, namespace, values, skipCrds } = release;
    return new Release(
      name,
      {
        name,
        chart,
        ...(repository === undefined ? {} : { repositoryOpts: { repo: repository } }),
        version,
        namespace,
        values,
        ...(skipCrds === undefined ? {} : { skipCrds }),
        // A release that does not become ready goes back to what it was.
        atomic: true,
        cleanupOnFail: true,
        maxHistory: HISTORY,
        timeout: TIMEOUT_SECONDS,
      },
      { parent: this, dependsOn },
    );
  }

  /** Tells Karpenter which workers to add. */
  private addWorkers(scaling: NodeScaling): void {
    const options = { parent: this, dependsOn: this.readyFor('karpenter') };
    const metadata = { name: NODE_CLASS };
    const made = new TypedResource<IEC2NodeClass>(
      `karpenter-${NODE_CLASS}-class`,
      { apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata, spec: nodeClass(scaling) },
      options,
    );
    new TypedResource<INodePool>(
      `karpenter-${NODE_CLASS}`,
      { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata, spec: nodePool(scaling.plan) },
      { parent: this, dependsOn: made },
    );
  }

  /** Grafana's first user, whose password would otherwise be the chart's. */
  private secretsOf({ values, namespace }: ServiceRelease, dependsOn: Resource[]): Resource[] {
    if (!('grafana' in values)) return [];
    const { name, userKey, passwordKey } = GRAFANA_SECRET;
    const password = new RandomPassword(name, { length: PASSWORD_LENGTH, special: false }, { parent: this });
    const stringData = { [userKey]: 'admin', [passwordKey]: password.result };
    return [new Secret(name, { metadata: { name, namespace }, stringData }, { parent: this, dependsOn })];
  }
}
