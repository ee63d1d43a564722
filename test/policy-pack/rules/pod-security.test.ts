import assert from 'node:assert/strict';
import { checkPodSecurity } from '../../../policy-pack/rules/pod-security.ts';
import { saidOfOne } from '../support/objects.ts';

const POD = 'spec.template.spec';

describe('pod-security', () => {
  it('names the container and its field', () => {
    assert.deepEqual(
      saidOfOne(checkPodSecurity, 'engine', `${POD}.initContainers[0].securityContext.privileged`, true),
      [
        'Deployment cache/cache-engine, init container wait: spec.template.spec.initContainers[0].securityContext.privileged is ' +
          'true. A privileged container owns its host. Set it to false or leave it out.',
      ],
    );
  });

  it('names the field of the Pod where that decides for its containers', () => {
    assert.deepEqual(saidOfOne(checkPodSecurity, 'redis-cache-0', `${POD}.securityContext.runAsNonRoot`, false), [
      'StatefulSet redis/cache-0, container redis: spec.template.spec.securityContext.runAsNonRoot is false. The container may ' +
        'start as root. Set it to true, here or on the Pod.',
    ]);
  });

  it('names the volume', () => {
    const volume = { name: 'host', hostPath: { path: '/var/run' } };
    assert.deepEqual(saidOfOne(checkPodSecurity, 'engine', `${POD}.volumes[0]`, volume), [
      'Deployment cache/cache-engine: spec.template.spec.volumes[0].hostPath is {"path":"/var/run"}. The Pod would see files of ' +
        'its host. Use one of configMap, csi, downwardAPI, emptyDir, ephemeral, persistentVolumeClaim, projected, secret.',
    ]);
  });

  it('names the label of the namespace', () => {
    const label = 'metadata.labels["pod-security.kubernetes.io/enforce"]';
    assert.deepEqual(saidOfOne(checkPodSecurity, 'namespace-cache', label, undefined), [
      'Namespace cache: metadata.labels["pod-security.kubernetes.io/enforce"] is not set. Kubernetes would admit Pods with rights ' +
        'over their host. Set it to restricted.',
    ]);
  });

  for (const [field, value] of [
    ['windowsOptions.hostProcess', true],
    ['appArmorProfile.type', 'Unconfined'],
    ['seLinuxOptions.type', 'spc_t'],
    ['seLinuxOptions.user', 'root'],
    ['seLinuxOptions.role', 'sysadm_r'],
  ] as const) {
    it(`refuses ${field} ${String(value)}, on a Pod and on a container`, () => {
      for (const context of [`${POD}.securityContext`, `${POD}.containers[0].securityContext`]) {
        const [message, ...others] = saidOfOne(checkPodSecurity, 'engine', `${context}.${field}`, value);
        assert.ok(message?.includes(`${context}.${field} is ${JSON.stringify(value)}`), message);
        assert.deepEqual(others, []);
      }
    });
  }
});
