import { object } from '../good-stack.ts';
import type { TestResource } from '../support/resource.ts';
import { cloudTwin, twinWith } from './one-resource.ts';
import type { Twin } from './twin.ts';

const storageClass = (provisioner: string, parameter: string, mended: string): Twin =>
  twinWith(
    `volumes of ${provisioner} without ${parameter}`,
    object('storage.k8s.io/v1', 'StorageClass', 'fast', {
      metadata: { name: 'fast' },
      provisioner,
      parameters: { type: 'x' },
    }),
    `parameters.${parameter}`,
    undefined,
    mended,
    `parameters.${parameter} is not set`,
  );
const bucket: TestResource = { type: 'aws:s3/bucket:Bucket', name: 'answers', inputs: { bucket: 'answers' } };
const encryption = (of: Partial<TestResource>): TestResource => ({
  type: 'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration',
  name: 'answers-encryption',
  inputs: { bucket: 'answers', rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms' } }] },
  ...of,
});

export const encryptionAtRestTwins: readonly Twin[] = [
  cloudTwin('aws:ebs/volume:Volume', 'encrypted', undefined, true),
  cloudTwin('aws:ec2/launchTemplate:LaunchTemplate', 'blockDeviceMappings[0].ebs.encrypted', 'false', 'true', {
    blockDeviceMappings: [{ ebs: {} }],
  }),
  cloudTwin('aws:rds/instance:Instance', 'storageEncrypted', false, true, { deletionProtection: true }),
  cloudTwin('aws:efs/fileSystem:FileSystem', 'encrypted', undefined, true),
  cloudTwin('aws:elasticache/replicationGroup:ReplicationGroup', 'atRestEncryptionEnabled', false, true, {
    transitEncryptionEnabled: true,
  }),
  cloudTwin(
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
  cloudTwin(
    'gcp:storage/bucket:Bucket',
    'encryption',
    undefined,
    { defaultKmsKeyName: 'key' },
    { location: 'europe-west2' },
  ),
  cloudTwin('gcp:compute/disk:Disk', 'diskEncryptionKey', undefined, { kmsKeySelfLink: 'key' }),
  cloudTwin('gcp:container/cluster:Cluster', 'databaseEncryption.state', 'DECRYPTED', 'ENCRYPTED'),
  cloudTwin('azure-native:storage:StorageAccount', 'encryption.services.blob.enabled', false, true, {
    minimumTlsVersion: 'TLS1_3',
  }),
  cloudTwin('azure-native:compute/v20240302:Disk', 'encryption', undefined, { diskEncryptionSetId: 'set' }),
  cloudTwin('azure-native:containerservice:AgentPool', 'enableEncryptionAtHost', undefined, true),
  storageClass('ebs.csi.aws.com', 'encrypted', 'true'),
  storageClass('disk.csi.azure.com', 'diskEncryptionSetID', 'set'),
  storageClass('pd.csi.storage.gke.io', 'disk-encryption-kms-key', 'key'),
];
