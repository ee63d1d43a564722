import { checkAddresses } from '../encryption/addresses.ts';
import { checkCloud } from '../encryption/cloud.ts';
import { checkGateways } from '../encryption/gateways.ts';
import { checkPorts } from '../encryption/ports.ts';
import { checkCommandLine, checkConfigMap, checkMountedFiles } from '../encryption/redis.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { Finding } from '../message.ts';
import type { Rule } from '../rule.ts';

/** Everything about one object that would send data in the clear, or under TLS below 1.3. */
export function checkEncryption(object: KubernetesObject): Finding[] {
  return [
    ...checkConfigMap(object),
    ...checkCommandLine(object),
    ...checkPorts(object),
    ...checkGateways(object),
    ...checkAddresses(object),
  ];
}

export const encryptionInTransit: Rule = {
  name: 'encryption-in-transit',
  description: 'Every connection is encrypted with TLS 1.3.',
  checkResource: checkCloud,
  checkObject: checkEncryption,
  checkStack: checkMountedFiles,
};
