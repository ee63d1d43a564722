import { type Demand, isNotOff, isOn, unmet } from '../cloud/demand.ts';
import type { Finding } from '../message.ts';
import type { JudgedResource } from '../resource.ts';
import type { Field } from '../values/field.ts';

const PLAIN = 'It would answer in plaintext.';
const OLD = 'It would accept TLS below 1.3.';

const oneOf = (pattern: RegExp) => (field: Field) => pattern.test(field.text ?? '');

/** Load balancers, gateways and stores of the clouds, as far as each lets the version of TLS be chosen. */
const DEMANDS: readonly Demand[] = [
  {
    types: ['aws:lb:Listener', 'aws:alb:Listener'],
    path: ['protocol'],
    holds: oneOf(/^(HTTPS|TLS)$/),
    problem: PLAIN,
    fix: 'Set it to HTTPS or TLS.',
    unless: redirectsToHttps,
  },
  {
    types: ['aws:lb:Listener', 'aws:alb:Listener'],
    path: ['sslPolicy'],
    holds: oneOf(/-TLS13-1-3-/),
    problem: OLD,
    fix: 'Set it to ELBSecurityPolicy-TLS13-1-3-2021-06.',
    unless: (listener) => !/^(HTTPS|TLS)$/.test(listener.at('protocol').text ?? ''),
  },
  {
    types: ['aws:elb:LoadBalancer'],
    path: ['listeners', '*', 'lbProtocol'],
    holds: oneOf(/^(https|ssl)$/i),
    problem: PLAIN,
    fix: 'Use a load balancer of the present generation (aws.lb) with a listener for HTTPS.',
  },
  {
    types: ['aws:cloudfront:Distribution'],
    path: ['viewerCertificate', 'minimumProtocolVersion'],
    holds: oneOf(/^TLSv1\.3/),
    problem: OLD,
    fix: 'Set it to TLSv1.3_2025.',
  },
  {
    types: ['aws:cloudfront:Distribution'],
    path: ['defaultCacheBehavior', 'viewerProtocolPolicy'],
    holds: oneOf(/^(https-only|redirect-to-https)$/),
    problem: PLAIN,
    fix: 'Set it to https-only.',
  },
  {
    types: ['aws:apigateway:DomainName'],
    path: ['securityPolicy'],
    holds: oneOf(/TLS13_1_3/),
    problem: OLD,
    fix: 'Set it to SecurityPolicy_TLS13_1_3_2025_09.',
  },
  {
    types: ['aws:elasticache:ReplicationGroup'],
    path: ['transitEncryptionEnabled'],
    holds: isOn,
    problem: PLAIN,
    fix: 'Set it to true.',
  },
  {
    types: ['gcp:compute:TargetHttpProxy', 'gcp:compute:RegionTargetHttpProxy'],
    path: ['urlMap'],
    holds: () => false,
    problem: PLAIN,
    fix: 'Use a TargetHttpsProxy with an SSLPolicy.',
  },
  {
    types: ['gcp:compute:SSLPolicy', 'gcp:compute:RegionSslPolicy'],
    path: ['minTlsVersion'],
    holds: oneOf(/^TLS_1_3$/),
    problem: OLD,
    fix: 'Set it to TLS_1_3, with the profile RESTRICTED.',
  },
  {
    types: ['gcp:compute:TargetHttpsProxy', 'gcp:compute:RegionTargetHttpsProxy', 'gcp:compute:TargetSSLProxy'],
    path: ['sslPolicy'],
    holds: (field) => field.isSet,
    problem: 'Without a policy of its own it accepts TLS 1.0.',
    fix: 'Name an SSLPolicy whose minTlsVersion is TLS_1_3.',
  },
  {
    types: ['azure-native:network:ApplicationGateway'],
    path: ['sslPolicy', 'minProtocolVersion'],
    holds: oneOf(/^TLSv1_3$/),
    problem: OLD,
    fix: 'Set it to TLSv1_3.',
  },
  {
    types: ['azure-native:network:ApplicationGateway'],
    path: ['httpListeners', '*', 'protocol'],
    holds: oneOf(/^(Https|Tls)$/i),
    problem: PLAIN,
    fix: 'Set it to Https.',
  },
  {
    types: ['azure-native:storage:StorageAccount'],
    path: ['minimumTlsVersion'],
    holds: oneOf(/^TLS1_3$/),
    problem: OLD,
    fix: 'Set it to TLS1_3.',
  },
  {
    types: ['azure-native:storage:StorageAccount'],
    path: ['enableHttpsTrafficOnly'],
    holds: isNotOff,
    problem: PLAIN,
    fix: 'Set it to true.',
  },
  {
    types: ['azure-native:redis:Redis', 'azure-native:cache:Redis'],
    path: ['enableNonSslPort'],
    holds: (field) => !isOn(field),
    problem: PLAIN,
    fix: 'Set it to false.',
  },
];

/** What of a cloud's resource lets connections be in the clear, or under TLS below 1.3. */
export function checkCloud(resource: JudgedResource): Finding[] {
  return unmet(resource, DEMANDS);
}

/** A listener whose only answer is where to ask in earnest. */
function redirectsToHttps(listener: Field): boolean {
  const actions = listener.at('defaultActions').items();
  return actions.length > 0 && actions.every((action) => action.at('redirect', 'protocol').is('HTTPS'));
}
