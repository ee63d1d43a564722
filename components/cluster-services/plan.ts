import type { core, networking } from '@pulumi/kubernetes/types/input.js';
import { namespaceLabels } from '../shared/pod-security.ts';
import { CLUSTER_SERVICES, type ClusterServiceName, type ServiceChoices } from './names.ts';
import type { ServiceFacts, ServiceNamespace, ServicePlan, ServiceRelease } from './release.ts';
import { CERT_MANAGER_RELEASE, certManager } from './services/cert-manager.ts';
import { falco } from './services/falco.ts';
import { gatekeeper } from './services/gatekeeper.ts';
import { karpenter } from './services/karpenter.ts';
import { keda } from './services/keda.ts';
import { openCost } from './services/open-cost.ts';
import { alertmanagerAddress, prometheus, prometheusAddress } from './services/prometheus.ts';
import { velero } from './services/velero.ts';
import { CLUSTER_CRITICAL, NODE_CRITICAL } from './values.ts';

/** What the services of a cluster are planned from. */
export interface ClusterServicesFigures extends Omit<ServiceFacts, 'prometheusUrl' | 'alertmanagerUrl' | 'monitors'> {
  readonly choices: ServiceChoices;
  /** Where the Prometheus of an `existing` choice answers. */
  readonly prometheusUrl: string | undefined;
}

/** A namespace as its objects. */
export interface PlannedNamespace {
  readonly name: string;
  readonly labels: Record<string, string>;
  /** Lets Pods of the system's priority classes in, which some clouds keep to kube-system otherwise. */
  readonly quota: core.v1.ResourceQuotaSpec;
  readonly networkPolicies: readonly { readonly name: string; readonly spec: networking.v1.NetworkPolicySpec }[];
}

/** What is installed, in this order: first the namespaces, then the releases, each after those that it needs. */
export interface ClusterServicesPlan {
  readonly namespaces: readonly PlannedNamespace[];
  readonly releases: readonly ServiceRelease[];
  /** Where Prometheus answers, whoever installed it; `undefined` where there is none, or nobody said. */
  readonly prometheusUrl: string | undefined;
}

const SERVICES: Readonly<Record<ClusterServiceName, (facts: ServiceFacts) => ServicePlan>> = {
  certManager,
  prometheus,
  keda,
  gatekeeper,
  velero,
  falco,
  openCost,
  karpenter,
};

/** More Pods of the system's classes than a namespace of these services ever has, agents on every machine included. */
const CRITICAL_PODS = 200;

/** Lays out the services that a region installs into its cluster. */
export function planClusterServices(figures: ClusterServicesFigures): ClusterServicesPlan {
  const { choices, monitoringNamespace } = figures;
  const installed = (service: ClusterServiceName) => choices[service] === 'install';
  const prometheusUrl = {
    install: prometheusAddress(monitoringNamespace),
    existing: figures.prometheusUrl,
    absent: undefined,
  }[choices.prometheus];
  const plans = CLUSTER_SERVICES.filter(installed).map((service) =>
    SERVICES[service]({
      ...figures,
      prometheusUrl,
      alertmanagerUrl: installed('prometheus') ? alertmanagerAddress(monitoringNamespace) : undefined,
      monitors: choices.prometheus !== 'absent',
    }),
  );
  return {
    namespaces: plans.flatMap(({ namespaces }) => namespaces.map(namespace)),
    releases: inOrder(plans.flatMap(({ releases }) => releases).map(afterItsSigner)),
    prometheusUrl,
  };
}

function namespace({ name, level, ports, labels }: ServiceNamespace): PlannedNamespace {
  return {
    name,
    labels: { ...namespaceLabels(level), ...labels },
    quota: {
      hard: { pods: String(CRITICAL_PODS) },
      scopeSelector: {
        matchExpressions: [{ operator: 'In', scopeName: 'PriorityClass', values: [CLUSTER_CRITICAL, NODE_CRITICAL] }],
      },
    },
    networkPolicies: networkPolicies(ports),
  };
}

/**
 * Nothing comes in but from the namespace itself and at the ports where the API server and Prometheus call. What goes out is
 * open: these Pods talk to the API server and to machines, whose addresses no selector names.
 */
function networkPolicies(ports: readonly number[]): PlannedNamespace['networkPolicies'] {
  return [
    { name: 'default-deny', spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } },
    {
      name: 'allow-service',
      spec: {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [{ podSelector: {} }] }, { ports: ports.map((port) => ({ protocol: 'TCP', port })) }],
        egress: [{}],
      },
    },
  ];
}

/** Nothing is signed before cert-manager is there. */
function afterItsSigner(release: ServiceRelease): ServiceRelease {
  const { certificates, after } = release;
  return certificates === undefined ? release : { ...release, after: [...after, CERT_MANAGER_RELEASE] };
}

/** Each release after those of `all` that it names, otherwise as they stand; what it names and nobody installs is left out. */
function inOrder(all: readonly ServiceRelease[]): ServiceRelease[] {
  const known = new Set(all.map(({ name }) => name));
  const waiting = all.map((release) => ({ ...release, after: release.after.filter((name) => known.has(name)) }));
  const ordered: ServiceRelease[] = [];
  const placed = new Set<string>();
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ after }) => after.every((name) => placed.has(name)));
    const [release] = waiting.splice(next, 1);
    if (next < 0 || release === undefined) throw new Error('Releases wait for each other.');
    placed.add(release.name);
    ordered.push(release);
  }
  return ordered;
}
