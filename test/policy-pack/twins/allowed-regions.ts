import { object } from '../good-stack.ts';
import type { TestResource } from '../support/resource.ts';
import { twinWith } from './one-resource.ts';
import type { Twin } from './twin.ts';
import { backups, chart } from './velero.ts';

const cloud = (type: string, inputs: Record<string, unknown>): TestResource => ({ type, name: 'placed', inputs });

const vpc = cloud('aws:ec2/vpc:Vpc', {});
const group = cloud('azure-native:resources:ResourceGroup', {});
const network = cloud('gcp:compute/subnetwork:Subnetwork', {});

export const allowedRegionsTwins: readonly Twin[] = [
  twinWith(
    'a network of AWS in Ireland, under the law of the EU',
    vpc,
    'region',
    'eu-west-1',
    'eu-west-2',
    'Data may not lie in eu-west-1',
  ),
  twinWith('a region of AWS in capitals', vpc, 'region', 'US-EAST-1', 'EU-WEST-2', 'Data may not lie in us-east-1'),
  twinWith(
    'a zone of AWS',
    cloud('aws:ec2/subnet:Subnet', {}),
    'availabilityZone',
    'us-east-1b',
    'eu-west-2b',
    'us-east-1,',
  ),
  twinWith('a location of Azure', group, 'location', 'westeurope', 'uksouth', 'Data may not lie in westeurope'),
  twinWith(
    'a location of Azure as its portal writes it',
    group,
    'location',
    'North Europe',
    'UK South',
    'Data may not lie in northeurope',
  ),
  twinWith('a region of Google', network, 'region', 'europe-west1', 'europe-west2', 'Data may not lie in europe-west1'),
  twinWith(
    'a bucket of Google in several places at once',
    cloud('gcp:storage/bucket:Bucket', { encryption: { defaultKmsKeyName: 'key' } }),
    'location',
    'EU',
    'EUROPE-WEST2',
    'Data may not lie in eu,',
  ),
  twinWith(
    'a zone among the places of a cluster',
    cloud('gcp:container/cluster:Cluster', { location: 'europe-west2', databaseEncryption: { state: 'ENCRYPTED' } }),
    'nodeLocations',
    ['europe-west2-a', 'europe-west4-a'],
    ['europe-west2-a', 'europe-west2-b'],
    'Data may not lie in europe-west4',
  ),
  twinWith(
    'a replica of a table',
    cloud('aws:dynamodb/table:Table', { deletionProtectionEnabled: true, replicas: [{}] }),
    'replicas[0].regionName',
    'ap-southeast-2',
    'eu-west-2',
    'ap-southeast-2',
  ),
  twinWith(
    'copies that go to a vault elsewhere',
    cloud('aws:backup/plan:Plan', { rules: [{ copyActions: [{}] }] }),
    'rules[0].copyActions[0].destinationVaultArn',
    'arn:aws:backup:us-west-2:123456789012:backup-vault:copies',
    'arn:aws:backup:eu-west-2:123456789012:backup-vault:copies',
    'Data may not lie in us-west-2',
  ),
  twinWith(
    'a provider for another region',
    { ...vpc, type: 'pulumi:providers:aws' },
    'region',
    'us-east-2',
    'eu-west-2',
    'us-east-2',
  ),
  twinWith(
    'volumes in a zone elsewhere',
    object('storage.k8s.io/v1', 'StorageClass', 'volumes', {
      metadata: { name: 'volumes' },
      provisioner: 'csi.example.com',
      allowedTopologies: [{ matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: [] }] }],
    }),
    'allowedTopologies[0].matchLabelExpressions[0].values',
    ['eu-central-1a'],
    ['eu-west-2a'],
    'Data may not lie in eu-central-1',
  ),
  {
    title: 'backups in a bucket elsewhere',
    resources: backups(),
    resource: 'backups-far',
    field: 'spec.config.region',
    violating: 'us-east-1',
    mended: 'eu-west-2',
    says: 'BackupStorageLocation velero/far: spec.config.region is "us-east-1"',
  },
  {
    title: "backups in a bucket elsewhere, in the values of Velero's chart",
    resources: [chart(), ...backups().slice(4)],
    resource: 'velero',
    field: 'values.configuration.backupStorageLocation[1].config.region',
    violating: 'us-east-1',
    mended: 'eu-west-2',
    says: 'location far',
  },
];
