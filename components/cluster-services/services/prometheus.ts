import { ALERTMANAGER_SECRET, DASHBOARD_LABEL } from '../../monitoring/names.ts';
import { type CertificateSpec, serviceCertificate } from '../../security/certificates.ts';
import { scrapedUnderTls } from '../../shared/scraped-under-tls.ts';
import type { ServiceFacts, ServicePlan, Values } from '../release.ts';
import { REQUESTS } from '../requests.ts';
import { TRUST_ENVIRONMENT, trustMount, trustSecret } from '../trust.ts';
import { CLUSTER_CRITICAL, EVERYWHERE, NODE_CRITICAL, resources, RESTRICTED_CONTAINER, spread } from '../values.ts';

/** Agents that see the machine itself stand apart, so that everything else is under `restricted`. */
const NODE_NAMESPACE = 'monitoring-nodes';
/** The release of Prometheus, and the one before it with the definitions of monitors, which most other services make. */
export const PROMETHEUS_RELEASE = 'monitoring';
export const MONITOR_DEFINITIONS = 'monitoring-definitions';

const REPOSITORY = 'https://prometheus-community.github.io/helm-charts';

const PROMETHEUS_PORT = 9090;
const ALERTMANAGER_PORT = 9093;
const OPERATOR_PORT = 10250;
const SIDECAR_METRICS_PORT = 8080;
const GRAFANA_PORT = 3000;
const NODE_EXPORTER_PORT = 9100;

const ASKED = REQUESTS.prometheus;

/** A Service of the chart that answers under TLS. */
interface Secured {
  readonly service: string;
  readonly secretName: string;
  readonly port: number;
}
const PROMETHEUS: Secured = {
  service: `${PROMETHEUS_RELEASE}-prometheus`,
  secretName: 'prometheus-tls',
  port: PROMETHEUS_PORT,
};
const ALERTMANAGER: Secured = {
  service: `${PROMETHEUS_RELEASE}-alertmanager`,
  secretName: 'alertmanager-tls',
  port: ALERTMANAGER_PORT,
};

/** Where the Prometheus that the region installs answers, inside the cluster, under a certificate of the region's authority. */
export function prometheusAddress(namespace: string): string {
  return addressOf(PROMETHEUS, namespace);
}

/** Where its Alertmanager takes alerts, under one too. */
export function alertmanagerAddress(namespace: string): string {
  return addressOf(ALERTMANAGER, namespace);
}

/** The Secret with Grafana's first user. */
export const GRAFANA_SECRET = { name: 'grafana-admin', userKey: 'admin-user', passwordKey: 'admin-password' } as const;

/** A month of 31 days can be reported on in the two weeks after it (npm run sla). */
const RETENTION_DAYS = 45;
const STORAGE_GIB = 100;
/** The rest is for the write-ahead log and for blocks that are being put together. */
const RETENTION_SHARE = 0.85;

/** Rules about parts of the control plane that nobody can scrape where a cloud runs it. */
const HIDDEN_CONTROL_PLANE: Values = {
  kubeControllerManager: { enabled: false },
  kubeEtcd: { enabled: false },
  kubeScheduler: { enabled: false },
  kubeProxy: { enabled: false },
};

/** Prometheus with its operator, Alertmanager and Grafana. */
export function prometheus({ region, monitoringNamespace }: ServiceFacts): ServicePlan {
  return {
    namespaces: [
      {
        name: monitoringNamespace,
        level: 'restricted',
        ports: [PROMETHEUS_PORT, ALERTMANAGER_PORT, OPERATOR_PORT, SIDECAR_METRICS_PORT, GRAFANA_PORT],
      },
      { name: NODE_NAMESPACE, level: 'privileged', ports: [NODE_EXPORTER_PORT] },
    ],
    releases: [
      {
        // A release of its own, since Helm renews no definition of a chart's own folder.
        service: 'prometheus',
        name: MONITOR_DEFINITIONS,
        chart: 'prometheus-operator-crds',
        repository: REPOSITORY,
        // charts/prometheus-operator-crds at tag kube-prometheus-stack-88.5.3, both for the operator v0.93.1.
        version: '31.0.1',
        namespace: monitoringNamespace,
        after: [],
        values: {},
      },
      {
        service: 'prometheus',
        name: PROMETHEUS_RELEASE,
        chart: 'kube-prometheus-stack',
        repository: REPOSITORY,
        // Tag kube-prometheus-stack-88.5.3 of github.com/prometheus-community/helm-charts.
        version: '88.5.3',
        namespace: monitoringNamespace,
        after: [MONITOR_DEFINITIONS],
        certificates: [PROMETHEUS, ALERTMANAGER].map((one) => certificateOf(one, monitoringNamespace)),
        values: {
          fullnameOverride: PROMETHEUS_RELEASE,
          crds: { enabled: false },
          ...HIDDEN_CONTROL_PLANE,
          prometheusOperator: {
            resources: resources(ASKED.operator),
            prometheusConfigReloader: { resources: resources(ASKED.configReloader) },
            // cert-manager renews what the API server calls the operator with; the chart's own way never does.
            admissionWebhooks: { failurePolicy: 'Ignore', certManager: { enabled: true } },
          },
          prometheus: prometheusValues(region, monitoringNamespace),
          alertmanager: {
            podDisruptionBudget: { enabled: true, minAvailable: 2 },
            serviceMonitor: called(ALERTMANAGER, monitoringNamespace),
            alertmanagerSpec: {
              externalUrl: alertmanagerAddress(monitoringNamespace),
              web: servedUnderTls(ALERTMANAGER),
              // How Prometheus calls it.
              ...called(ALERTMANAGER, monitoringNamespace),
              replicas: ASKED.alertmanager.count,
              podAntiAffinity: 'soft',
              priorityClassName: CLUSTER_CRITICAL,
              // What the region's rules say goes where the region says; until the Secret is there, the operator waits for it.
              useExistingSecret: true,
              configSecret: ALERTMANAGER_SECRET.name,
              resources: resources(ASKED.alertmanager),
              storage: volume(2),
            },
          },
          grafana: grafana(monitoringNamespace),
          'kube-state-metrics': { resources: resources(ASKED.kubeStateMetrics) },
          'prometheus-node-exporter': {
            namespaceOverride: NODE_NAMESPACE,
            priorityClassName: NODE_CRITICAL,
            tolerations: EVERYWHERE,
            resources: resources(ASKED.nodeExporter),
            containerSecurityContext: RESTRICTED_CONTAINER,
          },
        },
      },
    ],
  };
}

function nameOf({ service }: Secured, namespace: string): string {
  return `${service}.${namespace}.svc.cluster.local`;
}

function addressOf(secured: Secured, namespace: string): string {
  return `https://${nameOf(secured, namespace)}:${secured.port}`;
}

function certificateOf(secured: Secured, namespace: string): CertificateSpec {
  const { service, secretName } = secured;
  const names = [nameOf(secured, namespace), `${service}.${namespace}.svc`, `${service}.${namespace}`, 'localhost'];
  return serviceCertificate(secretName, names, ['server auth', 'digital signature']);
}

/** The files are read anew at each handshake, so a renewed certificate needs no restart (prometheus/exporter-toolkit). */
function servedUnderTls({ secretName }: Secured): Values {
  return {
    tlsConfig: {
      cert: { secret: { name: secretName, key: 'tls.crt' } },
      keySecret: { name: secretName, key: 'tls.key' },
      minVersion: 'TLS13',
    },
  };
}

/** How Prometheus calls it, and the reloader beside it, which has the same certificate. */
function called(secured: Secured, namespace: string): Values {
  return { ...scrapedUnderTls(secured.secretName, nameOf(secured, namespace)) };
}

function prometheusValues(region: string, namespace: string): Values {
  const everyOne = (kind: string) => [`${kind}SelectorNilUsesHelmValues`, false] as const;
  return {
    podDisruptionBudget: { enabled: true, minAvailable: 1 },
    serviceMonitor: called(PROMETHEUS, namespace),
    prometheusSpec: {
      externalUrl: prometheusAddress(namespace),
      web: servedUnderTls(PROMETHEUS),
      replicas: ASKED.prometheus.count,
      podAntiAffinity: 'hard',
      topologySpreadConstraints: spread({ 'app.kubernetes.io/name': 'prometheus' }),
      priorityClassName: CLUSTER_CRITICAL,
      externalLabels: { region },
      retention: `${RETENTION_DAYS}d`,
      retentionSize: `${Math.floor(STORAGE_GIB * RETENTION_SHARE)}GB`,
      walCompression: true,
      storageSpec: volume(STORAGE_GIB),
      resources: resources(ASKED.prometheus),
      // Whoever makes a rule or a monitor in this cluster means this Prometheus.
      ...Object.fromEntries(['rule', 'serviceMonitor', 'podMonitor', 'probe', 'scrapeConfig'].map(everyOne)),
    },
  };
}

function volume(gibibytes: number): Values {
  const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: `${gibibytes}Gi` } } };
  return { volumeClaimTemplate: { spec } };
}

/** Grafana, which keeps nothing of its own: dashboards and sources come from the cluster. It reports to nobody. */
function grafana(namespace: string): Values {
  const { name, userKey, passwordKey } = GRAFANA_SECRET;
  return {
    admin: { existingSecret: name, userKey, passwordKey },
    defaultDashboardsEditable: false,
    resources: resources(ASKED.grafana),
    env: TRUST_ENVIRONMENT,
    extraSecretMounts: [{ ...trustMount(), ...trustSecret(PROMETHEUS.secretName) }],
    sidecar: {
      resources: resources(ASKED.grafanaSidecar),
      datasources: { url: prometheusAddress(namespace), alertmanager: { url: alertmanagerAddress(namespace) } },
      dashboards: { label: DASHBOARD_LABEL.name, labelValue: DASHBOARD_LABEL.value },
    },
    testFramework: { enabled: false },
    'grafana.ini': {
      analytics: { reporting_enabled: false, check_for_updates: false, check_for_plugin_updates: false },
      users: { allow_sign_up: false },
      'auth.anonymous': { enabled: false },
      security: { disable_gravatar: true, cookie_secure: true },
      news: { news_feed_enabled: false },
    },
  };
}
