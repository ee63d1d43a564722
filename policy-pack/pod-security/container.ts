import type { Container, PodTemplate } from '../kubernetes/pod.ts';
import { type Finding, objection } from '../message.ts';
import type { Field } from '../values/field.ts';
import { checkContext, checkInherited, filtersCalls } from './context.ts';
import { ALLOWED_CAPABILITY } from './standard.ts';

/** Judges one container, with what it inherits from its Pod. */
export function checkContainer(owner: string, pod: PodTemplate, container: Container): Finding[] {
  const subject = `${owner}, ${container.title}`;
  const context = container.fields.at('securityContext');
  const podContext = pod.spec.at('securityContext');
  return [
    ...checkContext(subject, context),
    ...checkPrivileges(subject, context),
    ...checkInherited(subject, context.at('runAsNonRoot'), podContext.at('runAsNonRoot'), (field) => field.is(true), [
      'The container may start as root.',
      'Set it to true, here or on the Pod.',
    ]),
    ...checkInherited(
      subject,
      context.at('seccompProfile', 'type'),
      podContext.at('seccompProfile', 'type'),
      filtersCalls,
      ['The container may make any call to the kernel.', 'Set it to RuntimeDefault, here or on the Pod.'],
    ),
    ...checkCapabilities(subject, context.at('capabilities')),
    ...checkHostPorts(subject, container.fields.at('ports')),
  ];
}

function checkPrivileges(subject: string, context: Field): Finding[] {
  const findings: Finding[] = [];
  const privileged = context.at('privileged');
  if (privileged.is(true)) {
    findings.push(
      objection(subject, privileged, 'A privileged container owns its host.', 'Set it to false or leave it out.'),
    );
  }
  const escalation = context.at('allowPrivilegeEscalation');
  if (escalation.isNot(false)) {
    findings.push(
      objection(subject, escalation, 'A process may gain more rights than it began with.', 'Set it to false.'),
    );
  }
  const procMount = context.at('procMount');
  if (procMount.isSet && !procMount.is('Default')) {
    findings.push(objection(subject, procMount, 'It uncovers parts of /proc.', 'Set it to Default or leave it out.'));
  }
  return findings;
}

function checkCapabilities(subject: string, capabilities: Field): Finding[] {
  const drop = capabilities.at('drop');
  const dropped = drop.items();
  const dropsAll = drop.unknown || dropped.some((capability) => capability.unknown || capability.is('ALL'));
  return [
    ...(dropsAll
      ? []
      : [objection(subject, drop, 'The container keeps capabilities of root.', 'Drop all of them: ["ALL"].')]),
    ...capabilities
      .at('add')
      .items()
      .filter((capability) => capability.isNot(ALLOWED_CAPABILITY))
      .map((capability) =>
        objection(subject, capability, `Only ${ALLOWED_CAPABILITY} may be added.`, 'Remove it from the list.'),
      ),
  ];
}

function checkHostPorts(subject: string, ports: Field): Finding[] {
  return ports
    .items()
    .map((port) => port.at('hostPort'))
    .filter((hostPort) => hostPort.isSet && !hostPort.is(0))
    .map((hostPort) =>
      objection(
        subject,
        hostPort,
        'It opens a port on the host, past Services and network policies.',
        'Leave it out; a Service leads to the Pod.',
      ),
    );
}
