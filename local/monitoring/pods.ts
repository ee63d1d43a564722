/** Prometheus and Alertmanager as the Pods that their operator would make. */
import type { ImageCatalog, KubernetesObject, LocalImage } from '../pods/index.ts';
import { hasProgram } from '../pods/house/programs.ts';
import type { MonitoringFiles } from './configuration.ts';
import { DOOR_IMAGE, doorImage, securedPrometheus } from './secured-prometheus.ts';

const PROMETHEUS_IMAGE = 'quay.io/prometheus/prometheus';
const ALERTMANAGER_IMAGE = 'quay.io/prometheus/alertmanager';
export const PROMETHEUS = { name: 'prometheus', port: 9090 } as const;
export const ALERTMANAGER = { name: 'alertmanager', port: 9093 } as const;

const DATA = '/data';
/** As long as a region's own, so that a month can be reported on here too. */
const RETENTION = '45d';

/** Debian's programs. */
export function monitoringImages(): ImageCatalog {
  return {
    [PROMETHEUS_IMAGE]: fromPath('prometheus'),
    [ALERTMANAGER_IMAGE]: fromPath('prometheus-alertmanager'),
    [DOOR_IMAGE]: doorImage(),
  };
}

function fromPath(program: string): LocalImage {
  return hasProgram(program)
    ? { entrypoint: [program] }
    : { unavailable: `this machine has no ${program} on its PATH` };
}

export function monitoringPods(namespace: string, files: MonitoringFiles): KubernetesObject[] {
  return [
    ...securedPrometheus(namespace, { port: PROMETHEUS.port, labels: labelsOf(PROMETHEUS.name) }),
    set(namespace, PROMETHEUS, PROMETHEUS_IMAGE, [
      `--config.file=${files.prometheus}`,
      `--storage.tsdb.path=${DATA}`,
      `--storage.tsdb.retention.time=${RETENTION}`,
      `--web.listen-address=$(POD_IP):${PROMETHEUS.port}`,
      '--web.enable-lifecycle',
    ]),
    set(namespace, ALERTMANAGER, ALERTMANAGER_IMAGE, [
      `--config.file=${files.alertmanager}`,
      `--storage.path=${DATA}`,
      `--web.listen-address=$(POD_IP):${ALERTMANAGER.port}`,
      // One alone: no cluster, and no port for one.
      '--cluster.listen-address=',
    ]),
  ];
}

function labelsOf(name: string) {
  return { 'app.kubernetes.io/name': name };
}

function set(
  namespace: string,
  { name, port }: { readonly name: string; readonly port: number },
  image: string,
  args: readonly string[],
): KubernetesObject {
  const labels = labelsOf(name);
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace },
    spec: {
      replicas: 1,
      serviceName: name,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name,
              image,
              args: [...args],
              env: [{ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
              ports: [{ name: 'web', containerPort: port }],
              readinessProbe: { httpGet: { path: '/-/ready', port }, periodSeconds: 1, failureThreshold: 3 },
              livenessProbe: { httpGet: { path: '/-/healthy', port }, periodSeconds: 10, failureThreshold: 6 },
              volumeMounts: [{ name: 'data', mountPath: DATA }],
            },
          ],
        },
      },
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'] } }],
    },
  };
}
