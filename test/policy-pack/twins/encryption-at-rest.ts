import { object } from '../good-stack.ts';
import type { TestResource } from '../support/resource.ts';
import type { Twin } from './twin.ts';

const stored = (
  type: string,
  field: string,
  violating: unknown,
  mended: unknown,
  inputs: Record<string, unknown> = {},
): Twin => ({
  title: `${type} with ${field} ${JSON.stringify(violating) ?? 'left out'}`,
  resources: [{ type, name: 'stored', inputs }],
  resource: 'stored',
  field,
  violating,
  mended,
  says: field,
});
const storageClass = (provisioner: string, parameter: string, mended: string): Twin => ({
  title: `volumes of ${provisioner} without ${parameter}`,
  resources: [
    object('storage.k8s.io/v1', 'StorageClass', 'fast', {
      metadata: { name: 'fast' },
      provisioner,
      parameters: { type: 'x' },
    }),
  ],
  resource: 'fast',
  field: `parameters.${parameter}`,
  violating: undefined,
  mended,
  says: `parameters.${parameter} is not set`,
});
const bucket: TestResource = { type: 'aws:s3/bucket:Bucket', name: 'answers', inputs: { bucket: 'answers' } };
const encryption = (of: Partial<TestResource>): TestResource => ({
  type: 'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration',
  name: 'answers-encryption',
  inputs: { bucket: 'answers', rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms' } }] },
  ...of,
});

export const encryptionAtRestTwins: readonly Twin[] = [
  stored('aws:ebs/volume:Volume', 'encrypted', undefined, true),
  stored('aws:ec2/launchTemplate:LaunchTemplate', 'blockDeviceMappings[0].ebs.encrypted', 'false', 'true', {
    blockDeviceMappings: [{ ebs: {} }],
  }),
  stored('aws:rds/instance:Instance', 'storageEncrypted', false, true, { deletionProtection: true }),
  stored('aws:efs/fileSystem:FileSystem', 'encrypted', undefined, true),
  stored('aws:elasticache/replicationGroup:ReplicationGroup', 'atRestEncryptionEnabled', false, true, {
    transitEncryptionEnabled: true,
  }),
  stored(
    'aws:eks/cluster:Cluster',
    'encryptionConfig',
    undefined,
    { resources: ['secrets'] },
    {
      enabledClusterLogTypes: ['audit'],
      deletionProtection: true,
    },
  ),
  {
    title: 'a bucket of AWS whose key is not its own',
    resources: [bucket, encryption({})],
    resource: 'answers-encryption',
    field: 'rules[0].applyServerSideEncryptionByDefault.sseAlgorithm',
    violating: 'AES256',
    mended: 'aws:kms',
    says: 'sseAlgorithm is "AES256"',
  },
  {
    title: 'a bucket of AWS beside the encryption of another',
    resources: [bucket, encryption({})],
    resource: 'answers-encryption',
    field: 'bucket',
    violating: 'questions',
    mended: 'answers',
    says: 'aws:s3:Bucket answers: serverSideEncryptionConfiguration is not set',
    // Whose encryption it is says the resource from which an unknown name was computed.
    hidden: false,
  },
  stored(
    'gcp:storage/bucket:Bucket',
    'encryption',
    undefined,
    { defaultKmsKeyName: 'key' },
    { location: 'europe-west2' },
  ),
  stored('gcp:compute/disk:Disk', 'diskEncryptionKey', undefined, { kmsKeySelfLink: 'key' }),
  stored('gcp:container/cluster:Cluster', 'databaseEncryption.state', 'DECRYPTED', 'ENCRYPTED'),
  stored('azure-native:storage:StorageAccount', 'encryption.services.blob.enabled', false, true, {
    minimumTlsVersion: 'TLS1_3',
  }),
  stored('azure-native:compute/v20240302:Disk', 'encryption', undefined, { diskEncryptionSetId: 'set' }),
  stored('azure-native:containerservice:AgentPool', 'enableEncryptionAtHost', undefined, true),
  storageClass('ebs.csi.aws.com', 'encrypted', 'true'),
  storageClass('disk.csi.azure.com', 'diskEncryptionSetID', 'set'),
  storageClass('pd.csi.storage.gke.io', 'disk-encryption-kms-key', 'key'),
];
