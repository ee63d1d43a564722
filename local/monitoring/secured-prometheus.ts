/** Prometheus under TLS, as the region's own Pods may ask it: no connection between Pods is in the clear. */
import { join } from 'node:path';
import type { KubernetesObject, LocalImage } from '../pods/index.ts';

/** Where it answers. The region asks whichever Prometheus it is told of. */
const SECURED = { name: 'prometheus', namespace: 'monitoring', port: 9443 } as const;
export const SECURED_URL = `https://${SECURED.name}.${SECURED.namespace}.svc.cluster.local:${SECURED.port}`;

export const DOOR_IMAGE = 'localhost/prometheus-tls';
const DOOR = 'prometheus-tls';
const PLAIN = 'prometheus-plain';
const TLS_DIRECTORY = '/etc/tls';

/** The program that stands before Prometheus. */
export function doorImage(): LocalImage {
  return { entrypoint: ['node', join(import.meta.dirname, 'tls-door.ts')] };
}

/** The door, its certificate by the region's authority, and the way from it to `prometheus`. */
export function securedPrometheus(
  namespace: string,
  prometheus: { readonly port: number; readonly labels: Readonly<Record<string, string>> },
): KubernetesObject[] {
  const labels = { 'app.kubernetes.io/name': DOOR };
  const { port } = SECURED;
  return [
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: DOOR, namespace },
      spec: {
        secretName: DOOR,
        dnsNames: [`${SECURED.name}.${namespace}.svc.cluster.local`],
        usages: ['server auth', 'digital signature'],
        duration: '720h',
        renewBefore: '240h',
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
        issuerRef: { name: 'wedsync-region', kind: 'ClusterIssuer', group: 'cert-manager.io' },
      },
    },
    service(namespace, PLAIN, prometheus.port, { ...prometheus.labels }),
    service(namespace, SECURED.name, port, labels),
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: DOOR, namespace },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: DOOR,
                image: DOOR_IMAGE,
                env: [
                  { name: 'HOST', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
                  { name: 'PORT', value: String(port) },
                  { name: 'TLS_DIR', value: TLS_DIRECTORY },
                  { name: 'TARGET', value: `${PLAIN}.${namespace}.svc.cluster.local:${prometheus.port}` },
                ],
                ports: [{ name: 'https', containerPort: port }],
                readinessProbe: { tcpSocket: { port }, periodSeconds: 1, failureThreshold: 3 },
                volumeMounts: [{ name: 'tls', mountPath: TLS_DIRECTORY }],
              },
            ],
            volumes: [{ name: 'tls', secret: { secretName: DOOR } }],
          },
        },
      },
    },
  ];
}

function service(namespace: string, name: string, port: number, selector: Record<string, string>): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { selector, ports: [{ port }] } };
}
