import { secret, UNKNOWN, type Resource, type RunResult } from '../../../local/engine/index.ts';
import { NO_OPTIONS } from '../../../local/engine/resource.ts';
import { makeUrn } from '../../../local/engine/urn.ts';

function resource(type: string, name: string, more: Partial<Resource> = {}): Resource {
  return {
    urn: makeUrn('dev', 'shop', more.parent ?? '', type, name),
    ...{ type, name, custom: true, external: false, parent: '', inputs: {}, outputs: {}, id: '', provider: '' },
    ...{ dependencies: [], propertyDependencies: {}, protect: undefined, options: NO_OPTIONS },
    ...more,
  };
}

const stack = resource('pulumi:pulumi:Stack', 'shop-dev', { custom: false });
const group = resource('shop:index:Group', 'group', { custom: false, parent: stack.urn });
const namespace = resource('kubernetes:core/v1:Namespace', 'space', {
  parent: group.urn,
  inputs: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'space' } },
});
const credentials = resource('kubernetes:core/v1:Secret', 'credentials', {
  parent: group.urn,
  dependencies: [namespace.urn],
  inputs: {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'Credentials:v1', namespace: 'space', annotations: { revision: UNKNOWN } },
    stringData: secret({ password: 'hidden' }),
  },
});
const reference = resource('pulumi:pulumi:StackReference', 'other', { parent: stack.urn, external: true });
const provider = resource('pulumi:providers:kubernetes', 'default_4_34_2');

/** A small preview with a secret, an unknown, a resource that is read, a default provider and two violations. */
export const SAMPLE: RunResult = {
  resources: [stack, provider, group, namespace, credentials, reference],
  violations: [
    {
      ...{ policy: 'labels', pack: 'house', level: 'advisory', urn: namespace.urn, description: 'Labels help.' },
      message: 'Labels help.\nIt has none.',
    },
    {
      ...{ policy: 'rotation', pack: 'house', level: 'mandatory', urn: credentials.urn, description: 'Keys rotate.' },
      message: 'Keys rotate.\nThis one\nnever does.',
    },
  ],
  remediations: [{ policy: 'owner', pack: 'house', urn: credentials.urn }],
  policyPacks: [{ name: 'house', version: '1.2.3', dir: '/packs/house' }],
  outputs: { url: 'https://shop.test', key: secret('hidden'), ids: [1, UNKNOWN] },
  diagnostics: [{ severity: 'warning', message: 'Mind the gap.', urn: '', stack: '' }],
  ok: false,
};
