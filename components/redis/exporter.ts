import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import type { core } from '@pulumi/kubernetes/types/input.js';
import { RESTRICTED_CONTAINER } from '../shared/pod-security.ts';
import { scrapedUnderTls } from '../shared/scraped-under-tls.ts';
import { type Place, serviceName } from '../shared/service-names.ts';
import { EXPORTER_USER } from './acl.ts';
import { PATHS } from './paths.ts';
import { REDIS_PORT } from './topology.ts';

/** Where a node's exporter answers Prometheus. */
export const METRICS_PORT = 9121;
export const METRICS_PORT_NAME = 'https-metrics';

interface ExporterFigures {
  readonly place: Place;
  readonly image: string;
  /** The Secret that has a password a key, named after its user. */
  readonly passwords: string;
}

/**
 * The container beside a node that tells Prometheus how the node is (oliver006/redis_exporter): over TLS at both ends, with the node's
 * own certificate, which it reads again at every handshake.
 */
export function exporterContainer({ place, image, passwords }: ExporterFigures): core.v1.Container {
  return {
    name: 'exporter',
    image,
    args: [
      `--web.listen-address=$(POD_IP):${METRICS_PORT}`,
      // By name, since that is what the certificate is for.
      `--redis.addr=rediss://$(POD_NAME).${serviceName(place)}:${REDIS_PORT}`,
      `--redis.user=${EXPORTER_USER.name}`,
      `--tls-ca-cert-file=${PATHS.tls}/ca.crt`,
      `--tls-server-cert-file=${PATHS.tls}/tls.crt`,
      `--tls-server-key-file=${PATHS.tls}/tls.key`,
      '--tls-server-min-version=TLS1.3',
      // CONFIG is not for this user, and nobody may have it ask another Redis.
      '--config-command=-',
      '--disable-scrape-endpoint',
    ],
    env: [
      { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'REDIS_PASSWORD', valueFrom: { secretKeyRef: { name: passwords, key: EXPORTER_USER.name } } },
    ],
    ports: [{ name: METRICS_PORT_NAME, containerPort: METRICS_PORT }],
    resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { memory: '64Mi' } },
    securityContext: RESTRICTED_CONTAINER,
    livenessProbe: {
      httpGet: { path: '/health', port: METRICS_PORT_NAME, scheme: 'HTTPS' },
      periodSeconds: 30,
      failureThreshold: 4,
    },
    volumeMounts: [{ name: 'tls', mountPath: PATHS.tls, readOnly: true }],
  };
}

/** Seconds between two looks at a node. What one look saw is believed until the next, so an alert has to hold for longer. */
export const EXPORTER_SCRAPE_SECONDS = 15;

/** Tells the Prometheus operator to ask the exporters of the cluster at `place`, whose Service has `labels`. */
export function serviceMonitorSpec(
  place: Place,
  labels: Record<string, string>,
  tlsSecret: string,
): NonNullable<IServiceMonitor['spec']> {
  return {
    selector: { matchLabels: labels },
    namespaceSelector: { matchNames: [place.namespace] },
    jobLabel: 'app.kubernetes.io/instance',
    endpoints: [
      {
        port: METRICS_PORT_NAME,
        ...scrapedUnderTls(tlsSecret, serviceName(place)),
        interval: `${EXPORTER_SCRAPE_SECONDS}s`,
        scrapeTimeout: '10s',
      },
    ],
  };
}
