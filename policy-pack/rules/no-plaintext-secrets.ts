import type { KubernetesObject } from '../kubernetes/object.ts';
import { podOf } from '../kubernetes/pod.ts';
import { type Finding, hiddenObjection } from '../message.ts';
import { type JudgedResource, ROOT_STACK } from '../resource.ts';
import type { Rule } from '../rule.ts';
import { credentialIn, isLiteral, isSecretName } from '../secrets/credentials.ts';
import { checkConfigMap, checkSecret } from '../secrets/objects.ts';
import { checkPod } from '../secrets/pod.ts';

/** Secrets in one object, outside of a Secret or not kept as one. */
export function checkObject(object: KubernetesObject): Finding[] {
  if (object.kind === 'ConfigMap') return checkConfigMap(object);
  if (object.kind === 'Secret' && object.group === 'core') return checkSecret(object);
  const pod = podOf(object);
  return pod ? checkPod(object.title, pod) : [];
}

/** Secrets among the stack's outputs, which `pulumi stack output` prints for everybody with access to the stack. */
export function checkOutputs(resources: readonly JudgedResource[]): Finding[] {
  return resources
    .filter(({ type }) => type === ROOT_STACK)
    .flatMap(({ urn, name, properties }) =>
      properties
        .leaves()
        .filter((leaf) => !leaf.secret && leaf.text !== undefined)
        .filter(({ path, text = '' }) => (isSecretName(path) && isLiteral(text)) || credentialIn(text) !== undefined)
        .map((leaf) => ({
          ...hiddenObjection(
            `Outputs of the stack ${name}`,
            leaf,
            'It is a secret, and an output that Pulumi does not keep secret is printed for everybody.',
            'Wrap it in pulumi.secret(), or export no secrets at all.',
          ),
          urn,
        })),
    );
}

export const noPlaintextSecrets: Rule = {
  name: 'no-plaintext-secrets',
  description: 'Secrets stand in Secrets and in secret outputs, nowhere else.',
  checkObject,
  checkStack: (_, resources) => checkOutputs(resources),
};
