import { type Demand, includes, isNotOff, isOn, isSet, unmet } from '../cloud/demand.ts';
import { belonging } from '../cloud/linked.ts';
import { titleOf } from '../cloud/title.ts';
import { plainType } from '../cloud/type.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { type Finding, objection } from '../message.ts';
import type { Remedy } from '../remedy.ts';
import type { JudgedResource } from '../resource.ts';
import type { Rule } from '../rule.ts';

const IN_THE_CLEAR = 'Data would lie on disks in the clear.';
const CLOUDS_KEY = "Data would be encrypted with the cloud's own key, which nobody here can rotate or withdraw.";
const SWITCH_ON = 'Set it to true.';
const NAME_KEY = 'Name a key of your own.';

const flag = (type: string, ...path: string[]): Demand => ({
  types: [type],
  path,
  holds: isOn,
  problem: IN_THE_CLEAR,
  fix: SWITCH_ON,
});
const ownKey = (type: string, ...path: string[]): Demand => ({
  types: [type],
  path,
  holds: isSet,
  problem: CLOUDS_KEY,
  fix: NAME_KEY,
});

/** Switches on a resource itself; safe to turn on where a stack asks for that. */
const FLAGS: readonly Demand[] = [
  flag('aws:ebs:Volume', 'encrypted'),
  flag('aws:rds:Instance', 'storageEncrypted'),
  flag('aws:rds:Cluster', 'storageEncrypted'),
  flag('aws:efs:FileSystem', 'encrypted'),
  flag('aws:elasticache:ReplicationGroup', 'atRestEncryptionEnabled'),
  flag('azure-native:containerservice:AgentPool', 'enableEncryptionAtHost'),
];

/** Everything else: in lists, or with a key that somebody has to name. */
const DEMANDS: readonly Demand[] = [
  flag('aws:ec2:Instance', 'rootBlockDevice', 'encrypted'),
  flag('aws:ec2:Instance', 'ebsBlockDevices', '*', 'encrypted'),
  flag('aws:ec2:LaunchTemplate', 'blockDeviceMappings', '*', 'ebs', 'encrypted'),
  { ...flag('aws:ebs:EncryptionByDefault', 'enabled'), holds: isNotOff },
  {
    types: ['aws:eks:Cluster'],
    path: ['encryptionConfig', 'resources'],
    holds: includes('secrets'),
    problem: 'Secrets would lie in the clear in etcd.',
    fix: 'Set it to ["secrets"], with a key of your own as its provider.',
  },
  ownKey('gcp:storage:Bucket', 'encryption', 'defaultKmsKeyName'),
  ownKey('gcp:compute:Disk', 'diskEncryptionKey', 'kmsKeySelfLink'),
  {
    types: ['gcp:container:Cluster'],
    path: ['databaseEncryption', 'state'],
    holds: (field) => field.is('ENCRYPTED') || field.is('ALL_OBJECTS_ENCRYPTION_ENABLED'),
    problem: 'Secrets would lie in the clear in etcd.',
    fix: 'Set it to ENCRYPTED and name a key of your own.',
  },
  flag('azure-native:containerservice:ManagedCluster', 'agentPoolProfiles', '*', 'enableEncryptionAtHost'),
  {
    ...flag('azure-native:containerservice:ManagedCluster', 'securityProfile', 'azureKeyVaultKms', 'enabled'),
    problem: 'Secrets would lie in the clear in etcd.',
  },
  { ...flag('azure-native:storage:StorageAccount', 'encryption', 'services', 'blob', 'enabled'), holds: isNotOff },
  ownKey('azure-native:compute:Disk', 'encryption', 'diskEncryptionSetId'),
];

/** What a class of volumes must say, by driver. */
interface ClassDemand extends Pick<Demand, 'holds' | 'problem' | 'fix'> {
  readonly parameter: string;
}

const OF_AWS: ClassDemand = { parameter: 'encrypted', holds: isOn, problem: IN_THE_CLEAR, fix: 'Set it to "true".' };
const CLASSES: Readonly<Record<string, ClassDemand>> = {
  'ebs.csi.aws.com': OF_AWS,
  'kubernetes.io/aws-ebs': OF_AWS,
  'disk.csi.azure.com': { parameter: 'diskEncryptionSetID', holds: isSet, problem: CLOUDS_KEY, fix: NAME_KEY },
  'pd.csi.storage.gke.io': { parameter: 'disk-encryption-kms-key', holds: isSet, problem: CLOUDS_KEY, fix: NAME_KEY },
};

const BUCKET = 'aws:s3:Bucket';
const BUCKET_ENCRYPTION = ['aws:s3:BucketServerSideEncryptionConfiguration'];

/** Volumes, databases, clusters and buckets of the clouds, one by one. */
export function checkAtRest(resource: JudgedResource): Finding[] {
  return unmet(resource, [...FLAGS, ...DEMANDS]);
}

/** Classes from which Kubernetes makes volumes. */
export function checkStorageClass({ kind, title, fields }: KubernetesObject): Finding[] {
  const demand = kind === 'StorageClass' ? CLASSES[fields.at('provisioner').text ?? ''] : undefined;
  if (!demand) return [];
  const parameter = fields.at('parameters', demand.parameter);
  return parameter.unknown || demand.holds(parameter) ? [] : [objection(title, parameter, demand.problem, demand.fix)];
}

/** Buckets of AWS, whose encryption is set on the bucket or by a resource beside it; with a key that is kept here. */
export function checkBuckets(resources: readonly JudgedResource[]): Finding[] {
  return resources
    .filter(({ type }) => plainType(type) === BUCKET)
    .flatMap((bucket) => {
      const beside = belonging(resources, BUCKET_ENCRYPTION, 'bucket', bucket);
      const rules = [
        bucket.properties.at('serverSideEncryptionConfiguration', 'rule'),
        ...beside.flatMap(({ properties }) => properties.at('rules').items()),
      ];
      const algorithms = rules.map((rule) => rule.at('applyServerSideEncryptionByDefault', 'sseAlgorithm'));
      if (algorithms.some((algorithm) => algorithm.unknown || /^aws:kms/.test(algorithm.text ?? ''))) return [];
      const field =
        algorithms.find((algorithm) => algorithm.isSet) ?? bucket.properties.at('serverSideEncryptionConfiguration');
      return [
        {
          ...objection(
            titleOf(bucket),
            field,
            CLOUDS_KEY,
            'Add a BucketServerSideEncryptionConfiguration with sseAlgorithm aws:kms and a key of your own.',
          ),
          urn: bucket.urn,
        },
      ];
    });
}

/** Turns on what is a mere switch. A disk that exists already is made anew by its cloud, so a preview shows what that costs. */
export function remedies(resource: JudgedResource): Remedy[] {
  const type = plainType(resource.type);
  const flags = FLAGS.filter(({ types }) => types.includes(type))
    .filter(({ path }) => resource.properties.at(...path).isNot(true))
    .map(({ path }) => ({ path: path as Remedy['path'], value: true }));
  const driver = resource.properties.at('provisioner').text;
  const encrypted = resource.properties.at('parameters', 'encrypted');
  const ofAws = resource.type === 'kubernetes:storage.k8s.io/v1:StorageClass' && driver === 'ebs.csi.aws.com';
  const isOff = !encrypted.unknown && !resource.properties.at('parameters').unknown && !isOn(encrypted);
  return [...flags, ...(ofAws && isOff ? [{ path: ['parameters', 'encrypted'], value: 'true' } as const] : [])];
}

export const encryptionAtRest: Rule = {
  name: 'encryption-at-rest',
  description: 'Volumes, buckets and the secrets of clusters are encrypted.',
  checkResource: checkAtRest,
  checkObject: checkStorageClass,
  checkStack: (_, resources) => checkBuckets(resources),
  remedies,
};
