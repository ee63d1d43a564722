import type { KubernetesObject } from '../kubernetes/object.ts';
import { type Finding, objection } from '../message.ts';
import type { Field } from '../values/field.ts';

const FIX = 'Allow TLS 1.3 only.';

/** Where custom resources of gateways say which TLS they accept at least, and what that reads for 1.3. */
const MINIMUMS: Readonly<Record<string, (fields: Field) => readonly (readonly [Field, string])[]>> = {
  // Istio; its listeners without TLS are judged by their protocol.
  Gateway: (fields) =>
    fields
      .at('spec', 'servers')
      .items()
      .filter((server) => server.at('tls').isSet)
      .map((server) => [server.at('tls', 'minProtocolVersion'), 'TLSV1_3'] as const),
  TLSOption: (fields) => [[fields.at('spec', 'minVersion'), 'VersionTLS13']],
  HTTPProxy: (fields) =>
    fields.at('spec', 'virtualhost', 'tls').isSet
      ? [[fields.at('spec', 'virtualhost', 'tls', 'minimumProtocolVersion'), '1.3']]
      : [],
  ClientTrafficPolicy: (fields) =>
    fields.at('spec', 'tls').isSet ? [[fields.at('spec', 'tls', 'minVersion'), '1.3']] : [],
};

/** Annotations with which a Service or an Ingress chooses the TLS of its load balancer, and what is right there. */
const ANNOTATIONS: Readonly<Record<string, RegExp>> = {
  'service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy': /-TLS13-1-3-/,
  'alb.ingress.kubernetes.io/ssl-policy': /-TLS13-1-3-/,
  'nginx.ingress.kubernetes.io/ssl-protocols': /^TLSv1\.3$/,
  'haproxy.org/ssl-min-ver': /^TLSv1\.3$/i,
};

/** TLS below 1.3 at gateways and load balancers, by their own resources and by annotations. */
export function checkGateways({ kind, title, fields }: KubernetesObject): Finding[] {
  const minimums = MINIMUMS[kind]?.(fields) ?? [];
  const annotations = fields.at('metadata', 'annotations');
  return [
    ...minimums.filter(([field, wanted]) => field.isNot(wanted)).map(([field]) => field),
    ...Object.entries(ANNOTATIONS)
      .map(([name, right]) => ({ field: annotations.at(name), right }))
      .filter(({ field, right }) => field.isSet && !right.test(field.text ?? ''))
      .map(({ field }) => field),
  ].map((field) => objection(title, field, 'It would accept TLS below 1.3.', FIX));
}
