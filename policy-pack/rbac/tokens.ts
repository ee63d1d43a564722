import type { KubernetesObject } from '../kubernetes/object.ts';
import { podOf } from '../kubernetes/pod.ts';
import { type Finding, objection } from '../message.ts';

/** The service account of Pods that name none. */
const DEFAULT_ACCOUNT = 'default';

/**
 * Pods in which Kubernetes mounts a token of a service account that no role is bound to: a key that opens nothing today,
 * and whatever somebody binds to it tomorrow.
 */
export function checkTokens(objects: readonly KubernetesObject[]): Finding[] {
  const bound = boundAccounts(objects);
  const withoutToken = new Set(
    objects
      .filter(({ kind, fields }) => kind === 'ServiceAccount' && fields.at('automountServiceAccountToken').is(false))
      .map(({ namespace, name }) => `${namespace}/${name}`),
  );
  return objects.flatMap((object) => {
    const pod = podOf(object);
    if (!pod || pod.spec.unknown) return [];
    const account = pod.spec.at('serviceAccountName');
    const mount = pod.spec.at('automountServiceAccountToken');
    if (account.unknown || !mount.isNot(false)) return [];
    const name = `${object.namespace}/${account.text ?? DEFAULT_ACCOUNT}`;
    if (bound === undefined || bound.has(name) || (mount.isAbsent && withoutToken.has(name))) return [];
    return [
      {
        ...objection(
          object.title,
          mount,
          `A token of the service account ${name} is mounted, but no role is bound to that account.`,
          'Set it to false, or bind the role that the Pod needs.',
        ),
        urn: object.urn,
      },
    ];
  });
}

/** The service accounts to which any role is bound, as `namespace/name`; `undefined` while one of them is not known yet. */
function boundAccounts(objects: readonly KubernetesObject[]): Set<string> | undefined {
  const bindings = objects.filter(({ kind }) => kind === 'RoleBinding' || kind === 'ClusterRoleBinding');
  const subjects = bindings.flatMap(({ namespace, fields }) =>
    fields
      .at('subjects')
      .items()
      .map((subject) => ({ namespace, subject })),
  );
  if (subjects.some(({ subject }) => subject.uncertain)) return undefined;
  return new Set(
    subjects
      .filter(({ subject }) => subject.at('kind').is('ServiceAccount'))
      .map(({ namespace, subject }) => `${subject.at('namespace').text ?? namespace}/${subject.at('name').text ?? ''}`),
  );
}
