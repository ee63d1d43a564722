import type { KubernetesObject } from '../../../local/pods/index.ts';

export const NAMESPACE = 'shop';
export const IMAGE = 'registry.example/web';

/** Manifests are plain data; tests change them here and there. */
type Fields = Record<string, unknown>;

const metadata = (name: string) => ({ name, namespace: NAMESPACE });

/** A container that runs the small web server, bound to its Pod's address. */
export function webContainer(version: string, changes: Fields & { env?: Fields[] } = {}): Fields {
  const { env = [], ...rest } = changes;
  return {
    name: 'web',
    image: `${IMAGE}:${version}`,
    command: ['node', '/app/server.mjs'],
    ports: [{ name: 'http', containerPort: 8080 }],
    env: [
      { name: 'HOST', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'PORT', value: '8080' },
      { name: 'VERSION', value: version },
      ...env,
    ],
    readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 1, failureThreshold: 1 },
    ...rest,
  };
}

export function podTemplate(name: string, container: Fields, podSpec: Fields = {}): Fields {
  return {
    metadata: { labels: { app: name } },
    spec: { terminationGracePeriodSeconds: 5, containers: [container], ...podSpec },
  };
}

export function deployment(name: string, container: Fields, spec: Fields = {}, podSpec: Fields = {}): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(name),
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: podTemplate(name, container, podSpec),
      ...spec,
    },
  };
}

export function statefulSet(
  name: string,
  container: Fields,
  spec: Fields = {},
  podSpec: Fields = {},
): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadata(name),
    spec: {
      serviceName: name,
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: podTemplate(name, container, podSpec),
      ...spec,
    },
  };
}

/** A container that runs a shell script to its end. */
export function scriptContainer(script: string, changes: Fields = {}): Fields {
  return { name: 'script', image: IMAGE, command: ['sh', '-c', script], ...changes };
}

export function jobSpec(script: string, spec: Fields = {}, podSpec: Fields = {}): Fields {
  return { template: { spec: { restartPolicy: 'Never', containers: [scriptContainer(script)], ...podSpec } }, ...spec };
}

export function job(name: string, script: string, spec: Fields = {}, podSpec: Fields = {}): KubernetesObject {
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: metadata(name), spec: jobSpec(script, spec, podSpec) };
}

export function cronJob(name: string, schedule: string, script: string, spec: Fields = {}): KubernetesObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadata(name),
    spec: { schedule, jobTemplate: { spec: jobSpec(script) }, ...spec },
  };
}

export function service(name: string, spec: Fields = {}): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(name),
    spec: { selector: { app: name }, ports: [{ name: 'http', port: 8000, targetPort: 'http' }], ...spec },
  };
}

export function configMap(name: string, data: Record<string, string>): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata(name), data };
}

export function secret(name: string, stringData: Record<string, string>): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: metadata(name), stringData };
}

/** A self-signed CA, an issuer that uses it, and a certificate for a Service. */
export function serviceCertificate(name: string): KubernetesObject[] {
  const apiVersion = 'cert-manager.io/v1';
  const issuer = (issuerName: string, spec: Fields) => ({
    apiVersion,
    kind: 'Issuer',
    metadata: metadata(issuerName),
    spec,
  });
  const certificate = (certificateName: string, spec: Fields) => ({
    apiVersion,
    kind: 'Certificate',
    metadata: metadata(certificateName),
    spec: { secretName: certificateName, ...spec },
  });
  return [
    issuer('self', { selfSigned: {} }),
    certificate('ca', { isCA: true, commonName: 'shop CA', issuerRef: { name: 'self' } }),
    issuer('shop', { ca: { secretName: 'ca' } }),
    certificate(`${name}-tls`, {
      dnsNames: [`${name}.${NAMESPACE}.svc.cluster.local`],
      usages: ['digital signature', 'server auth'],
      issuerRef: { name: 'shop' },
    }),
  ];
}
