/** Clouds whose resources the rules know. */
export type Cloud = 'aws' | 'azure' | 'gcp';

const PACKAGES: Readonly<Record<string, Cloud>> = {
  aws: 'aws',
  'aws-native': 'aws',
  azure: 'azure',
  'azure-native': 'azure',
  gcp: 'gcp',
  'google-native': 'gcp',
};

/**
 * A type token without what differs between versions of one thing: `aws:s3/bucketV2:BucketV2` is `aws:s3:Bucket`, and
 * `azure-native:storage/v20240101:StorageAccount` is `azure-native:storage:StorageAccount`.
 */
export function plainType(type: string): string {
  const [name = '', module = '', kind = ''] = type.split(':');
  return `${name}:${module.split('/')[0] ?? ''}:${kind.replace(/V\d$/, '')}`;
}

/** The cloud that a resource lies in; of a provider, the cloud that it speaks to. */
export function cloudOf(type: string): Cloud | undefined {
  const provider = /^pulumi:providers:(.+)$/.exec(type)?.[1];
  return PACKAGES[provider ?? type.split(':')[0] ?? ''];
}
