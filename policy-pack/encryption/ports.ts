import type { KubernetesObject } from '../kubernetes/object.ts';
import { type Container, containersOf, handlersOf, podOf } from '../kubernetes/pod.ts';
import { type Finding, objection } from '../message.ts';
import type { Field } from '../values/field.ts';

const PLAIN_NAME = /^http(-|$)/;
const ENCRYPTED_NAME = /^(https|tls)(-|$)/;
const PLAIN_PORTS: readonly number[] = [80, 8080];
/** https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol */
const PLAIN_PROTOCOLS: readonly string[] = ['http', 'ws', 'kubernetes.io/h2c', 'kubernetes.io/ws'];
/** Gateway listeners that take connections in plaintext. */
const PLAIN_LISTENERS: readonly string[] = ['HTTP', 'TCP', 'UDP'];

/** Plaintext ports of Services, containers and ways in from outside, and probes that ask in plaintext. */
export function checkPorts(object: KubernetesObject): Finding[] {
  if (object.kind === 'Service') return checkServicePorts(object);
  if (object.kind === 'Gateway') return checkListeners(object);
  if (object.kind === 'Ingress') return checkIngress(object);
  const pod = podOf(object);
  if (!pod) return [];
  return containersOf(pod).flatMap((container) => {
    const subject = `${object.title}, ${container.title}`;
    return [...checkContainerPorts(subject, container), ...checkProbes(subject, container)];
  });
}

function checkServicePorts({ title, fields }: KubernetesObject): Finding[] {
  return fields
    .at('spec', 'ports')
    .items()
    .flatMap((entry) => {
      const candidates = [entry.at('appProtocol'), entry.at('name'), entry.at('targetPort'), entry.at('port')];
      return refusePlain(title, candidates);
    });
}

function checkListeners({ title, fields }: KubernetesObject): Finding[] {
  return fields
    .at('spec', 'listeners')
    .items()
    .map((listener) => listener.at('protocol'))
    .filter(({ text }) => PLAIN_LISTENERS.includes(text ?? ''))
    .map((protocol) => objection(title, protocol, 'The Gateway would listen in plaintext.', 'Set it to HTTPS or TLS.'));
}

function checkIngress({ title, fields }: KubernetesObject): Finding[] {
  const tls = fields.at('spec', 'tls');
  if (tls.unknown || tls.items().length > 0) return [];
  return [
    objection(title, tls, 'The Ingress would answer in plaintext.', 'Name a Secret with a certificate for its hosts.'),
  ];
}

function checkContainerPorts(subject: string, { fields }: Container): Finding[] {
  return fields
    .at('ports')
    .items()
    .flatMap((entry) => refusePlain(subject, [entry.at('name'), entry.at('containerPort')]));
}

/** Objects to the first field that says plaintext, unless another says that the port is encrypted whatever its number. */
function refusePlain(subject: string, fields: readonly Field[]): Finding[] {
  const encrypted = fields.some(({ text }) => text !== undefined && ENCRYPTED_NAME.test(text));
  const plain = fields.find(
    (field) =>
      PLAIN_PROTOCOLS.includes(field.text ?? '') ||
      PLAIN_NAME.test(field.text ?? '') ||
      (!encrypted && PLAIN_PORTS.includes(field.number ?? Number(field.text))),
  );
  return plain
    ? [
        objection(
          subject,
          plain,
          'That is a plaintext port.',
          'Serve HTTPS (TLS 1.3), on a port that says so, such as 8443.',
        ),
      ]
    : [];
}

function checkProbes(subject: string, container: Container): Finding[] {
  return handlersOf(container)
    .map((handler) => handler.at('httpGet'))
    .filter((httpGet) => httpGet.isSet)
    .map((httpGet) => httpGet.at('scheme'))
    .filter((scheme) => scheme.isNot('HTTPS'))
    .map((scheme) => objection(subject, scheme, 'The kubelet would ask in plaintext.', 'Set it to HTTPS.'));
}
