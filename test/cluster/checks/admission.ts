import assert from 'node:assert/strict';
import type { ApiObject } from '../api/objects.ts';
import { StatusError } from '../api/status-error.ts';
import { objectsOf, type StackContext } from './context.ts';

const IMAGE = `docker.io/library/redis:8@sha256:${'b'.repeat(64)}`;
const CONTAINER = {
  name: 'main',
  image: IMAGE,
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '10m', memory: '16Mi' } },
};
const SPEC = {
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [CONTAINER],
};

/** A Pod spec that keeps to the restricted standard but for one thing. */
const BAD: Readonly<Record<string, object>> = {
  'a privileged container': { containers: [{ ...CONTAINER, securityContext: { privileged: true } }] },
  'a privileged init container': {
    initContainers: [{ ...CONTAINER, name: 'first', securityContext: { privileged: true } }],
  },
  'a folder of the host': { volumes: [{ name: 'host', hostPath: { path: '/etc' } }] },
  "the host's network": { hostNetwork: true },
  "the host's processes": { hostPID: true },
  'a process that may be root': { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
  'no seccomp profile': { securityContext: { runAsNonRoot: true, runAsUser: 1000 } },
  'capabilities that were not dropped': {
    containers: [{ ...CONTAINER, securityContext: { allowPrivilegeEscalation: false } }],
  },
};

/** Pod Security, as the API server enforces it in the namespaces that the program makes. */
export function checkAdmission(context: StackContext): void {
  const restricted = () =>
    objectsOf(context, 'Namespace', 'every service').filter(
      ({ metadata }) => metadata.labels?.['pod-security.kubernetes.io/enforce'] === 'restricted',
    );

  it('takes a Pod that keeps to the restricted standard, so that a refusal means something', async () => {
    assert.ok(restricted().length >= 2);
    for (const { metadata } of restricted()) await tryPod(context, metadata.name, {});
  });

  for (const [what, change] of Object.entries(BAD)) {
    it(`refuses a Pod with ${what}`, async () => {
      for (const { metadata } of restricted())
        await assert.rejects(tryPod(context, metadata.name, change), (error: unknown) => {
          assert.ok(error instanceof StatusError);
          assert.equal(error.status, 403, error.message);
          assert.match(error.message, /violates PodSecurity "restricted:latest"/);
          return true;
        });
    });
  }
}

async function tryPod({ plane }: StackContext, namespace: string, change: object): Promise<ApiObject> {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'attempt', namespace }, spec: { ...SPEC, ...change } };
  return plane.api.create(`/api/v1/namespaces/${namespace}/pods?dryRun=All`, pod);
}
