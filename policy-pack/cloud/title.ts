import type { JudgedResource } from '../resource.ts';
import { plainType } from './type.ts';

/** A resource of a cloud for people: `aws:s3:Bucket backups`. */
export function titleOf({ type, name }: JudgedResource): string {
  return `${plainType(type)} ${name}`;
}
