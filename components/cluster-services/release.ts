import type { CertificateSpec } from '../security/certificates.ts';
import type { PodSecurityLevel } from '../shared/pod-security.ts';
import type { ClusterServiceName } from './names.ts';

/** A pinned Helm release as data. */
export interface ServiceRelease {
  readonly service: ClusterServiceName;
  /** The release's name, which its objects carry. */
  readonly name: string;
  /** A chart of `repository`, or the whole address of a chart in an OCI registry. */
  readonly chart: string;
  /** @default `chart` is an OCI address */
  readonly repository?: string;
  /** Exactly this version of the chart. */
  readonly version: string;
  readonly namespace: string;
  readonly values: Values;
  /** Names of the releases that must be there before it, if the region installs them. */
  readonly after: readonly string[];
  /** What the region's authority signs for it first, each as a Secret of its namespace; it comes after cert-manager then. */
  readonly certificates?: readonly CertificateSpec[];
  /** The chart's `crds` folder is left out: another release brings the definitions, and renews them. */
  readonly skipCrds?: boolean;
}

/** A chart's values: what JSON can say. */
export interface Values {
  readonly [key: string]: Value;
}
type Value = string | number | boolean | readonly Value[] | Values;

/** A namespace of the services, with what its Pods may do at most and from where they may be called. */
export interface ServiceNamespace {
  readonly name: string;
  readonly level: PodSecurityLevel;
  /** Ports at which Pods of this namespace answer callers outside of it: webhooks, metrics. */
  readonly ports: readonly number[];
  /** Labels beside those of Pod Security. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A service as the plan needs it: its releases in order, and the namespaces in which they live. */
export interface ServicePlan {
  readonly namespaces: readonly ServiceNamespace[];
  readonly releases: readonly ServiceRelease[];
}

/** What the values of a service may depend on. */
export interface ServiceFacts {
  /** The region, as metrics name it. */
  readonly region: string;
  /** The cluster's name in its cloud, for Karpenter; empty where that is not to add workers. */
  readonly clusterName: string;
  readonly certManagerNamespace: string;
  /** Where Prometheus runs, or shall run. */
  readonly monitoringNamespace: string;
  /** Where Prometheus answers, or `undefined` where there is none. */
  readonly prometheusUrl: string | undefined;
  /** Where the Alertmanager that the region installs takes alerts. */
  readonly alertmanagerUrl: string | undefined;
  /** Whether the definitions of the Prometheus operator are there, so that monitors can be made. */
  readonly monitors: boolean;
  /** Further rules for Falco, as YAML by file name. */
  readonly falcoRules: Readonly<Record<string, string>>;
}
