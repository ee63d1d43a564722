import { isMainConfiguration, parseConfiguration } from '../encryption/redis-settings.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { containersOf, podOf } from '../kubernetes/pod.ts';
import { type Finding, objection } from '../message.ts';
import { type AclUser, aclUsers } from '../redis/users.ts';
import type { Rule } from '../rule.ts';
import type { Field } from '../values/field.ts';

const DEFAULT = 'default';
const USER_VARIABLE = /REDIS.*USER(NAME)?$/i;

/**
 * Users in ACL files and configurations, wherever those lie; configurations that leave Redis' default user as it is, on and without
 * limits; and clients that log in as it. Files in Secrets are often known only at the update, and judged then.
 */
export function checkUsers(object: KubernetesObject): Finding[] {
  const { kind, title, fields } = object;
  if (kind === 'ConfigMap') {
    return fields
      .at('data')
      .entries()
      .flatMap(([file, field]) => [...checkText(title, field, field.text ?? ''), ...checkDefault(title, file, field)]);
  }
  if (kind === 'Secret') {
    return [
      ...fields
        .at('stringData')
        .leaves()
        .flatMap((field) => checkText(title, field, field.text ?? '')),
      ...fields
        .at('data')
        .leaves()
        .flatMap((field) => checkText(title, field, decode(field.text ?? ''))),
    ];
  }
  return checkClients(object);
}

function checkText(subject: string, field: Field, text: string): Finding[] {
  return aclUsers(text).flatMap((user) => {
    const reason = reasonAgainst(user);
    if (reason === undefined) return [];
    const [problem, fix] = reason;
    return [{ subject, field: `user ${user.name} in ${field.path}`, value: JSON.stringify(user.rules), problem, fix }];
  });
}

function reasonAgainst({
  name,
  on,
  withoutPassword,
  allCommands,
  allKeys,
}: AclUser): readonly [string, string] | undefined {
  if (!on) return undefined;
  if (name === DEFAULT) {
    return ['Whoever names no user is this one.', 'Turn it off, and give each client a user of its own.'];
  }
  if (allCommands && allKeys) {
    return ['It may do everything with everything.', 'List the commands and the patterns of keys that it needs.'];
  }
  return withoutPassword ? ['Anybody can log in as it.', 'Give it a password.'] : undefined;
}

/** Without a word about users, Redis lets everybody in as its default user. */
function checkDefault(title: string, file: string, field: Field): Finding[] {
  if (field.text === undefined) return [];
  const settings = parseConfiguration(field.text);
  if (!isMainConfiguration(file, settings) || settings.has('aclfile') || settings.has('user')) return [];
  const value = settings.has('requirepass')
    ? 'not set (requirepass is, which is the password of the default user)'
    : 'not set';
  return [
    {
      subject: title,
      field: `aclfile in ${field.path}`,
      value,
      problem: 'Every client would be the default user, who may do everything.',
      fix: 'Name a file with a user for each client, in which the default user is off.',
    },
  ];
}

function checkClients(object: KubernetesObject): Finding[] {
  const pod = podOf(object);
  if (!pod) return [];
  return containersOf(pod).flatMap(({ title, fields }) =>
    fields
      .at('env')
      .items()
      .filter((entry) => USER_VARIABLE.test(entry.at('name').text ?? '') && entry.at('value').is(DEFAULT))
      .map((entry) =>
        objection(
          `${object.title}, ${title}`,
          entry.at('value'),
          'That is the user whom Redis lets do everything.',
          'Give this client a user of its own.',
        ),
      ),
  );
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

export const redisUsers: Rule = {
  name: 'redis-users',
  description: "Redis' default user is off, and no other may do everything.",
  checkObject: checkUsers,
};
