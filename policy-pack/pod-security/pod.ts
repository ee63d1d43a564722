import { containersOf, type PodTemplate } from '../kubernetes/pod.ts';
import { type Finding, objection } from '../message.ts';
import type { Field } from '../values/field.ts';
import { checkContainer } from './container.ts';
import { checkContext } from './context.ts';
import { ALLOWED_SYSCTLS, ALLOWED_VOLUMES, HOST_SHARING } from './standard.ts';

/** Judges a Pod, or a workload's template of one, with all its containers. */
export function checkPod(subject: string, pod: PodTemplate): Finding[] {
  const context = pod.spec.at('securityContext');
  return [
    ...HOST_SHARING.map((key) => pod.spec.at(key))
      .filter((field) => field.is(true))
      .map((field) =>
        objection(subject, field, 'The Pod would share this with its host.', 'Set it to false or leave it out.'),
      ),
    ...checkContext(subject, context),
    ...checkSysctls(subject, context.at('sysctls')),
    ...pod.spec
      .at('volumes')
      .items()
      .flatMap((volume) => checkVolume(subject, volume)),
    ...containersOf(pod).flatMap((container) => checkContainer(subject, pod, container)),
  ];
}

function checkSysctls(subject: string, sysctls: Field): Finding[] {
  return sysctls
    .items()
    .map((sysctl) => sysctl.at('name'))
    .filter((name) => name.isSet && !ALLOWED_SYSCTLS.includes(name.text ?? ''))
    .map((name) =>
      objection(subject, name, 'This kernel parameter is not kept apart for each Pod.', 'Remove it from the list.'),
    );
}

function checkVolume(subject: string, volume: Field): Finding[] {
  return volume
    .entries()
    .filter(([kind, source]) => kind !== 'name' && source.isSet && !ALLOWED_VOLUMES.includes(kind))
    .map(([kind, source]) =>
      objection(
        subject,
        source,
        kind === 'hostPath' ? 'The Pod would see files of its host.' : `A volume of the kind ${kind} is not allowed.`,
        `Use one of ${ALLOWED_VOLUMES.join(', ')}.`,
      ),
    );
}
