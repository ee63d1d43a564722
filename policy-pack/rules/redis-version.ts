import { parseImage } from '../kubernetes/image-reference.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { containersOf, podOf } from '../kubernetes/pod.ts';
import { productOf } from '../kubernetes/redis.ts';
import { type Finding, objection } from '../message.ts';
import { holesIn, HOLES_AS_OF, safeVersion } from '../redis/known-holes.ts';
import { formatVersion, versionOf } from '../redis/versions.ts';
import type { Rule } from '../rule.ts';
import type { Field } from '../values/field.ts';

/** The images of Redis and Valkey in all containers of an object. A digest is not enough: it does not say which version runs. */
export function checkRedisVersion(object: KubernetesObject): Finding[] {
  const pod = podOf(object);
  if (!pod) return [];
  return containersOf(pod).flatMap(({ title, fields }) => checkImage(`${object.title}, ${title}`, fields.at('image')));
}

function checkImage(subject: string, image: Field): Finding[] {
  const reference = parseImage(image.text ?? '');
  const product = reference && productOf(reference.repository);
  if (!product) return [];
  const version = versionOf(reference.tag ?? '');
  if (!version) {
    return [
      objection(
        subject,
        image,
        'It does not say which Redis runs, so nobody can tell whether that has a known hole.',
        'Write the whole version as its tag, such as 8.2.10, beside the digest.',
      ),
    ];
  }
  const holes = holesIn(product, version);
  const [newest] = holes;
  if (!newest) return [];
  const count = holes.length === 1 ? 'a known hole,' : `${holes.length} known holes, the newest of them`;
  return [
    objection(
      subject,
      image,
      `That version has ${count} ${newest.names} (${newest.published}; list as of ${HOLES_AS_OF}). ${newest.harm}`,
      `Use ${formatVersion(safeVersion(product, version))} or later.`,
    ),
  ];
}

export const redisVersion: Rule = {
  name: 'redis-version',
  description: 'Redis runs in a version without a known hole.',
  checkObject: checkRedisVersion,
};
