import { createHash } from 'node:crypto';
import { UserError } from '../errors.ts';
import { isObject, strip, UNKNOWN, type PropertyMap } from '../values.ts';
import type { FillUnknown } from './output-only.ts';
import type { ResourceProvider, ResourceRequest } from './provider.ts';

/** Length of a generated name's last part, as in Pulumi's own provider. */
const SUFFIX_LENGTH = 8;

/**
 * Takes Kubernetes objects as they are: there is no API server that would add to them. What an update would create is
 * exactly the manifest, so its outputs are its inputs; only what a controller reports stays unknown in a preview.
 */
export function kubernetesProvider(fillUnknown: FillUnknown): ResourceProvider {
  return {
    check: (request) => withName(request),
    preview: ({ type, inputs, previous }) => ({ id: previous?.id ?? '', outputs: fillUnknown(type, inputs) }),
    create: async ({ inputs }) => ({ id: idOf(inputs), outputs: inputs }),
    invoke: async (token) => {
      throw new UserError(`The function ${token} needs a cluster, and there is none on one machine.`);
    },
  };
}

/** Gives an object without a name one that is stable from run to run, marked as Pulumi marks such names. */
function withName({ urn, type, name, inputs, provider }: ResourceRequest): PropertyMap {
  const metadata = inputs['metadata'] ?? {};
  if (!isManifest(type) || !isObject(metadata) || strip(metadata) === UNKNOWN) return inputs;
  const namespace = metadata['namespace'] ?? defaultNamespace(type, provider);
  const placed = namespace === undefined ? metadata : { ...metadata, namespace };
  if (placed['name'] !== undefined || placed['generateName'] !== undefined) return { ...inputs, metadata: placed };
  const suffix = createHash('sha256').update(urn).digest('hex').slice(0, SUFFIX_LENGTH);
  const annotations = { ...(placed['annotations'] as PropertyMap | undefined), 'pulumi.com/autonamed': 'true' };
  return { ...inputs, metadata: { ...placed, name: `${name}-${suffix}`, annotations } };
}

/** Kinds that stand in no namespace, of those that the provider knows by itself. */
const CLUSTER_SCOPED =
  /:(Namespace|Node|PersistentVolume|Cluster\w+|\w+Class|CustomResourceDefinition|\w+WebhookConfiguration|\w+AdmissionPolicy(Binding)?|CSI(Driver|Node)|APIService|FlowSchema|PriorityLevelConfiguration|CertificateSigningRequest|VolumeAttachment)$/;

function defaultNamespace(type: string, provider: PropertyMap): unknown {
  return CLUSTER_SCOPED.test(type) ? undefined : provider['namespace'];
}

/**
 * True for a type whose inputs are one plain Kubernetes object: not for lists, patches, Helm releases and the like.
 */
export function isManifest(type: string): boolean {
  const [pkg, group = '', kind = ''] = type.split(':');
  return pkg === 'kubernetes' && !/^(yaml|helm\.sh|kustomize)(\/|$)/.test(group) && !/(List|Patch)$/.test(kind);
}

function idOf(inputs: PropertyMap): string {
  const { metadata } = strip(inputs) as { metadata?: { name?: string; namespace?: string } };
  const name = metadata?.name ?? '';
  return metadata?.namespace === undefined ? name : `${metadata.namespace}/${name}`;
}
