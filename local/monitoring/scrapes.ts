/** What the Prometheus operator makes of a ServiceMonitor: scrapes, and whom they go to. */
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import type { KubernetesObject } from '../pods/index.ts';

type Labels = Readonly<Record<string, string>>;
type Endpoint = NonNullable<NonNullable<IServiceMonitor['spec']>['endpoints']>[number];

/** A file with an authority's certificate, by where it comes from. */
export interface AuthoritySource {
  readonly namespace: string;
  readonly secret: string;
  readonly key: string;
}

/** One endpoint of a ServiceMonitor, at the Pods of the Services that it selects. */
export interface Scrape {
  /** As the operator names it. */
  readonly job: string;
  readonly scheme: string;
  readonly path: string;
  readonly interval: string;
  readonly timeout: string | undefined;
  readonly serverName: string | undefined;
  readonly authority: AuthoritySource | undefined;
  readonly pods: readonly ScrapedPods[];
}

/** The Pods of one workload behind one Service. */
export interface ScrapedPods {
  /** As a Pod's status says it: `StatefulSet shop/redis`. */
  readonly owner: string;
  readonly port: number;
  /** Labels that every series of theirs gets. */
  readonly labels: Labels;
}

interface ServiceSpec {
  readonly selector?: Labels;
  readonly ports?: readonly { readonly name?: string; readonly port: number; readonly targetPort?: number | string }[];
}

interface Template {
  readonly metadata?: { readonly labels?: Labels };
  readonly spec: {
    readonly containers: readonly {
      readonly name: string;
      readonly image: string;
      readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
    }[];
  };
}

/**
 * The scrapes of all ServiceMonitors among the objects of a cluster.
 *
 * @param runs whether this machine runs an image; what it does not run is not asked.
 */
export function scrapesOf(objects: readonly KubernetesObject[], runs: (image: string) => boolean): Scrape[] {
  return objects
    .filter(({ kind }) => kind === 'ServiceMonitor')
    .flatMap((object) => monitorScrapes(object, objects, runs));
}

function monitorScrapes(
  monitor: KubernetesObject,
  objects: readonly KubernetesObject[],
  runs: (image: string) => boolean,
): Scrape[] {
  const spec = monitor['spec'] as NonNullable<IServiceMonitor['spec']>;
  const namespace = monitor.metadata.namespace ?? 'default';
  const namespaces = spec.namespaceSelector?.matchNames ?? [namespace];
  const services = objects.filter(
    ({ kind, metadata }) =>
      kind === 'Service' &&
      namespaces.includes(metadata.namespace ?? 'default') &&
      selects(spec.selector?.matchLabels ?? {}, metadata.labels),
  );
  return (spec.endpoints ?? []).map((endpoint, index) => ({
    job: `serviceMonitor/${namespace}/${monitor.metadata.name}/${index}`,
    scheme: endpoint.scheme ?? 'http',
    path: endpoint.path ?? '/metrics',
    interval: endpoint.interval ?? '30s',
    timeout: endpoint.scrapeTimeout,
    serverName: endpoint.tlsConfig?.serverName,
    authority: authorityOf(endpoint, namespace),
    pods: services.flatMap((service) => podsBehind(service, endpoint, spec.jobLabel, objects, runs)),
  }));
}

function authorityOf({ tlsConfig }: Endpoint, namespace: string): AuthoritySource | undefined {
  const secret = tlsConfig?.ca?.secret;
  return secret?.name === undefined ? undefined : { namespace, secret: secret.name, key: secret.key };
}

/** The workloads whose Pods a Service takes, where the endpoint's port is one of theirs. */
function podsBehind(
  service: KubernetesObject,
  endpoint: Endpoint,
  jobLabel: string | undefined,
  objects: readonly KubernetesObject[],
  runs: (image: string) => boolean,
): ScrapedPods[] {
  const { name, labels: own = {} } = service.metadata;
  const namespace = service.metadata.namespace ?? 'default';
  const { selector = {}, ports = [] } = service['spec'] as ServiceSpec;
  const target = ports.find((port) => port.name === endpoint.port)?.targetPort;
  return objects.flatMap((workload) => {
    const template = (workload['spec'] as { template?: Template } | undefined)?.template;
    if (template === undefined || workload.kind === 'Job' || workload.metadata.namespace !== namespace) return [];
    if (!selects(selector, template.metadata?.labels)) return [];
    return template.spec.containers.flatMap((container) => {
      const port = container.ports?.find((one) => one.name === target || one.containerPort === target);
      if (port === undefined || !runs(container.image)) return [];
      const labels = {
        job: (jobLabel === undefined ? undefined : own[jobLabel]) ?? name,
        namespace,
        service: name,
        container: container.name,
        endpoint: endpoint.port ?? String(port.containerPort),
      };
      return [{ owner: `${workload.kind} ${namespace}/${workload.metadata.name}`, port: port.containerPort, labels }];
    });
  });
}

function selects(selector: Labels, labels: Labels = {}): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
