import { object } from '../good-stack.ts';
import type { Twin } from './twin.ts';

const POD = 'spec.template.spec';
const CONTAINER = `${POD}.containers[0]`;
const CRON_POD = 'spec.jobTemplate.spec.template.spec';
const engine = (field: string, violating: unknown, mended: unknown, says: string) => ({
  resource: 'engine',
  field,
  violating,
  mended,
  says,
});

/** A Pod under the standard whose spec is `spec`. */
const pod = (spec: Record<string, unknown>) =>
  object('core/v1', 'Pod', 'debugged', {
    metadata: { name: 'debugged', namespace: 'cache' },
    spec: {
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      ...spec,
    },
  });
const RESTRICTED = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const IMAGE = `docker.io/library/busybox:1.37@sha256:${'0'.repeat(64)}`;

export const podSecurityTwins: readonly Twin[] = [
  {
    title: 'a privileged container',
    ...engine(`${CONTAINER}.securityContext.privileged`, true, false, 'container engine'),
  },
  {
    title: 'a privileged init container',
    ...engine(`${POD}.initContainers[0].securityContext.privileged`, true, false, 'init container wait'),
  },
  {
    title: 'a privileged ephemeral container',
    resources: [
      pod({
        containers: [],
        ephemeralContainers: [{ name: 'shell', image: IMAGE, securityContext: { ...RESTRICTED } }],
      }),
    ],
    resource: 'debugged',
    field: 'spec.ephemeralContainers[0].securityContext.privileged',
    violating: true,
    mended: false,
    says: 'Pod cache/debugged, ephemeral container shell',
  },
  {
    title: 'a container of a CronJob that may gain privileges',
    resource: 'redis-healing',
    field: `${CRON_POD}.containers[0].securityContext.allowPrivilegeEscalation`,
    violating: undefined,
    mended: false,
    says: 'more rights than it began with',
  },
  {
    title: 'a volume on the host',
    ...engine(
      `${POD}.volumes[0]`,
      { name: 'x', hostPath: { path: '/' } },
      { name: 'x', emptyDir: {} },
      'files of its host',
    ),
  },
  {
    title: 'a volume of a kind that is not allowed',
    ...engine(`${POD}.volumes[0]`, { name: 'x', nfs: {} }, { name: 'x', csi: { driver: 'd' } }, 'the kind nfs'),
  },
  ...['hostNetwork', 'hostPID', 'hostIPC'].map((field) => ({
    title: `a Pod with ${field}`,
    ...engine(`${POD}.${field}`, true, false, `${field} is true`),
  })),
  {
    title: 'a port on the host',
    ...engine(`${CONTAINER}.ports[0].hostPort`, 8443, undefined, 'hostPort is 8443'),
  },
  {
    title: 'a Pod that does not say that it is not root',
    ...engine(`${POD}.securityContext.runAsNonRoot`, undefined, true, 'may start as root'),
  },
  {
    title: 'a container that takes back what its Pod says about root',
    ...engine(`${CONTAINER}.securityContext.runAsNonRoot`, false, undefined, 'container engine'),
  },
  { title: 'a Pod that runs as user 0', ...engine(`${POD}.securityContext.runAsUser`, 0, 999, 'User 0 is root') },
  {
    title: 'a container that runs as user 0',
    ...engine(`${CONTAINER}.securityContext.runAsUser`, 0, 10001, 'User 0 is root'),
  },
  {
    title: 'a Pod without a seccomp profile',
    ...engine(`${POD}.securityContext.seccompProfile`, undefined, { type: 'Localhost' }, 'any call to the kernel'),
  },
  {
    title: 'a container without confinement by seccomp',
    ...engine(`${CONTAINER}.securityContext.seccompProfile`, { type: 'Unconfined' }, undefined, '"Unconfined"'),
  },
  {
    title: 'a container that keeps its capabilities',
    ...engine(`${CONTAINER}.securityContext.capabilities.drop`, ['NET_RAW'], ['ALL'], 'keeps capabilities of root'),
  },
  {
    title: 'a container that adds a capability',
    ...engine(`${CONTAINER}.securityContext.capabilities.add`, ['SYS_ADMIN'], ['NET_BIND_SERVICE'], '"SYS_ADMIN"'),
  },
  {
    title: 'an unsafe kernel parameter',
    ...engine(
      `${POD}.securityContext.sysctls`,
      [{ name: 'kernel.msgmax', value: '1' }],
      [{ name: 'net.ipv4.tcp_syncookies', value: '1' }],
      'kernel.msgmax',
    ),
  },
  {
    title: 'a container that sees all of /proc',
    ...engine(`${CONTAINER}.securityContext.procMount`, 'Unmasked', 'Default', 'parts of /proc'),
  },
  {
    title: 'a namespace that admits any Pod',
    resource: 'namespace-redis',
    field: 'metadata.labels["pod-security.kubernetes.io/enforce"]',
    violating: 'baseline',
    mended: 'restricted',
    says: 'Namespace redis',
  },
];
