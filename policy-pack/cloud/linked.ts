import type { JudgedResource } from '../resource.ts';
import { plainType } from './type.ts';

/**
 * Whether a resource of `type` in the stack belongs to `owner` by its property `key`: a bucket's versioning to its bucket. What the property
 * was computed from decides; where it was written out, it must name the owner.
 */
export function belonging(
  resources: readonly JudgedResource[],
  types: readonly string[],
  key: string,
  owner: JudgedResource,
): JudgedResource[] {
  const names = ['bucket', 'id', 'name', 'arn']
    .map((each) => owner.properties.at(each).text)
    .filter((name) => name !== undefined);
  return resources
    .filter(({ type }) => types.includes(plainType(type)))
    .filter(({ properties, sources }) => {
      const field = properties.at(key);
      return sources?.[key]?.includes(owner.urn) === true || names.includes(field.text ?? '') || field.is(owner.name);
    });
}
