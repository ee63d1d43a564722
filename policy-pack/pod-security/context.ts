import { type Finding, objection } from '../message.ts';
import type { Field } from '../values/field.ts';
import { ALLOWED_APPARMOR, ALLOWED_SECCOMP, ALLOWED_SELINUX_TYPES } from './standard.ts';

/** What the security contexts of Pods and of containers share: values that are wrong wherever they stand. */
export function checkContext(subject: string, context: Field): Finding[] {
  const findings: Finding[] = [];
  const refuse = (field: Field, problem: string, fix: string) => findings.push(objection(subject, field, problem, fix));

  const user = context.at('runAsUser');
  if (user.is(0)) refuse(user, 'User 0 is root.', 'Name an unprivileged user, such as 10001.');

  const hostProcess = context.at('windowsOptions', 'hostProcess');
  if (hostProcess.is(true)) refuse(hostProcess, 'Such a container runs on the host itself.', 'Remove it.');

  const appArmor = context.at('appArmorProfile', 'type');
  if (appArmor.isSet && !ALLOWED_APPARMOR.includes(appArmor.text ?? '')) {
    refuse(appArmor, 'The container would run without AppArmor.', 'Set it to RuntimeDefault or leave it out.');
  }

  const type = context.at('seLinuxOptions', 'type');
  if (type.isSet && !ALLOWED_SELINUX_TYPES.includes(type.text ?? '')) {
    refuse(type, 'This SELinux type is not one for containers.', 'Set it to container_t or leave it out.');
  }
  for (const key of ['user', 'role']) {
    const option = context.at('seLinuxOptions', key);
    if (option.isSet && !option.is('')) {
      refuse(option, 'A container may not choose its SELinux user or role.', 'Leave it out.');
    }
  }
  return findings;
}

/**
 * The setting that a container must have, on itself or inherited from its Pod. Looks at the container's own value first, and
 * objects to the field that decides: the container's where it is set or neither is, otherwise the Pod's.
 */
export function checkInherited(
  subject: string,
  own: Field,
  inherited: Field,
  allowed: (field: Field) => boolean,
  [problem, fix]: readonly [problem: string, fix: string],
): Finding[] {
  if (own.unknown || (!own.isSet && inherited.unknown)) return [];
  const deciding = own.isSet || !inherited.isSet ? own : inherited;
  return allowed(deciding) ? [] : [objection(subject, deciding, problem, fix)];
}

/** Whether a seccomp profile's type filters the kernel's calls. */
export function filtersCalls(type: Field): boolean {
  return ALLOWED_SECCOMP.includes(type.text ?? '');
}
