import type { KubernetesObject } from '../kubernetes/object.ts';
import { type Finding, objection } from '../message.ts';
import { checkTokens } from '../rbac/tokens.ts';
import type { Rule } from '../rule.ts';
import type { Field } from '../values/field.ts';

const GROUP = 'rbac.authorization';
const LISTS = ['verbs', 'resources', 'apiGroups', 'nonResourceURLs'] as const;
/** Verbs with which a subject gives itself rights that it was not given. */
const ESCALATING_VERBS: readonly string[] = ['escalate', 'bind', 'impersonate'];
/** The role that may do everything. */
const ADMIN_ROLE = 'cluster-admin';
/** Subjects that nobody vouches for, or that stand above all rules. */
const FORBIDDEN_SUBJECTS: Readonly<Record<string, string>> = {
  'system:masters': 'Its members pass every check.',
  'system:anonymous': 'That is anybody who can reach the cluster.',
  'system:unauthenticated': 'That is anybody who can reach the cluster.',
  'system:authenticated': 'That is everybody whom the cluster knows.',
  'system:serviceaccounts': 'That is every Pod of the cluster.',
};

/** A Secret of this type is filled with a token that never ends. */
const TOKEN_SECRET = 'kubernetes.io/service-account-token';

/** Roles and bindings, one by one, and tokens that are kept in Secrets. */
export function checkRights(object: KubernetesObject): Finding[] {
  if (object.kind === 'Secret' && object.group === 'core') return checkSecret(object);
  if (object.group !== GROUP) return [];
  switch (object.kind) {
    case 'Role':
    case 'ClusterRole':
      return checkRole(object);
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return checkBinding(object);
    default:
      return [];
  }
}

function checkSecret({ title, fields }: KubernetesObject): Finding[] {
  const type = fields.at('type');
  if (!type.is(TOKEN_SECRET)) return [];
  return [
    objection(
      title,
      type,
      'It would hold a token that never ends, for whoever reads it.',
      'Leave it out; a Pod that needs a token gets one that ends within the hour.',
    ),
  ];
}

function checkRole({ title, fields }: KubernetesObject): Finding[] {
  return fields
    .at('rules')
    .items()
    .flatMap((rule) => [
      ...LISTS.flatMap((list) => rule.at(list).items())
        .filter(isWildcard)
        .map((entry) => objection(title, entry, 'It grants what nobody has thought of yet.', 'List what is needed.')),
      ...rule
        .at('verbs')
        .items()
        .filter((verb) => ESCALATING_VERBS.includes(verb.text ?? ''))
        .map((verb) => objection(title, verb, 'With it, a subject can give itself any right.', 'Remove the verb.')),
    ]);
}

/** `*`, `pods/*` and `*`+`/scale`; of the URLs only those that match all, since `/healthz/*` names a part. */
function isWildcard(entry: Field): boolean {
  const text = entry.text ?? '';
  return text.startsWith('/') ? text === '/*' : text.includes('*');
}

function checkBinding({ title, fields }: KubernetesObject): Finding[] {
  const role = fields.at('roleRef', 'name');
  const subjects = fields.at('subjects').items();
  return [
    ...(role.is(ADMIN_ROLE)
      ? [objection(title, role, 'That role may do everything.', 'Bind a role that lists what is needed.')]
      : []),
    ...subjects
      .map((subject) => subject.at('name'))
      .flatMap((name) => {
        const reason = Object.entries(FORBIDDEN_SUBJECTS).find(([subject]) => name.is(subject))?.[1];
        return reason === undefined
          ? []
          : [objection(title, name, reason, 'Name the users or service accounts that need the role.')];
      }),
  ];
}

export const noWildcardRbac: Rule = {
  name: 'no-wildcard-rbac',
  description: 'Rights are listed one by one, and Pods hold a token only where they use one.',
  checkObject: checkRights,
  checkStack: checkTokens,
};
