import { comesFrom, parseImage } from '../kubernetes/image-reference.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { containersOf, podOf } from '../kubernetes/pod.ts';
import { type Finding, objection } from '../message.ts';
import type { Rule } from '../rule.ts';
import type { Field } from '../values/field.ts';

export interface ImageSettings {
  /** Registries, or paths in them, from which images may come. */
  readonly registries?: readonly string[];
}

/** Docker's official images, the platform's own registry, and the one exporter that runs beside every Redis. */
const DEFAULT_REGISTRIES: readonly string[] = [
  'docker.io/library',
  'wedsync.azurecr.io',
  'docker.io/oliver006/redis_exporter',
];

/** The images of all containers of an object. */
export function checkImages(object: KubernetesObject, settings: ImageSettings = {}): Finding[] {
  const pod = podOf(object);
  if (!pod) return [];
  return containersOf(pod).flatMap(({ title, fields }) =>
    checkImage(`${object.title}, ${title}`, fields.at('image'), settings.registries ?? DEFAULT_REGISTRIES),
  );
}

/** The first thing that is wrong with an image reference, if anything is. */
function checkImage(subject: string, image: Field, registries: readonly string[]): Finding[] {
  if (image.unknown) return [];
  const reference = parseImage(image.text ?? '');
  if (!reference) {
    return [
      objection(subject, image, 'That is no image reference.', 'Write registry/name:version@sha256:<64 digits>.'),
    ];
  }
  if (!comesFrom(reference, registries)) {
    return [
      objection(
        subject,
        image,
        `It comes from ${reference.registry}/${reference.repository}, which nobody has approved.`,
        `Use an image from ${registries.join(' or ')}, or have its registry added to the rule's settings.`,
      ),
    ];
  }
  if (reference.tag === 'latest') {
    return [
      objection(
        subject,
        image,
        'The tag latest says nothing about what runs.',
        'Write the version that the digest is of.',
      ),
    ];
  }
  if (reference.digest === undefined) {
    return [
      objection(
        subject,
        image,
        'Without a digest, the registry decides what runs.',
        'Add the digest of this version: @sha256:<64 digits>.',
      ),
    ];
  }
  return [];
}

export const imagePinned: Rule<ImageSettings> = {
  name: 'image-pinned',
  description: 'Images come from approved registries, by version and digest.',
  configSchema: {
    properties: {
      registries: {
        type: 'array',
        items: { type: 'string' },
        description: 'Registries, or paths in them, from which images may come.',
        default: [...DEFAULT_REGISTRIES],
      },
    },
  },
  checkObject: checkImages,
};
