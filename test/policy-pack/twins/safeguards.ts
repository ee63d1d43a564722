import type { TestResource } from '../support/resource.ts';
import { cloudTwin } from './one-resource.ts';
import type { Twin } from './twin.ts';

const EKS = {
  encryptionConfig: { resources: ['secrets'] },
  enabledClusterLogTypes: ['audit'],
  deletionProtection: true,
};
const GKE = { databaseEncryption: { state: 'ENCRYPTED' } };
const VERSIONED = { bucket: 'b', versioningConfiguration: { status: 'Enabled' } };
const aks: TestResource = {
  type: 'azure-native:containerservice:ManagedCluster',
  name: 'aks',
  inputs: { disableLocalAccounts: true, securityProfile: { azureKeyVaultKms: { enabled: true } } },
};
const audit: TestResource = {
  type: 'azure-native:monitor:DiagnosticSetting',
  name: 'aks-audit',
  inputs: { logs: [{ category: 'kube-audit-admin', enabled: true }] },
  sources: { resourceUri: ['aks'] },
};

export const safeguardsTwins: readonly Twin[] = [
  cloudTwin(
    'aws:s3/bucketVersioning:BucketVersioning',
    'versioningConfiguration.mfaDelete',
    'Disabled',
    'Enabled',
    VERSIONED,
  ),
  cloudTwin(
    'aws:s3/bucketVersioning:BucketVersioning',
    'versioningConfiguration.status',
    'Suspended',
    'Enabled',
    VERSIONED,
  ),
  cloudTwin('aws:cognito/userPool:UserPool', 'mfaConfiguration', 'OPTIONAL', 'ON', { deletionProtection: 'ACTIVE' }),
  cloudTwin('aws:eks/cluster:Cluster', 'enabledClusterLogTypes', ['api'], ['api', 'audit'], EKS),
  cloudTwin('aws:eks/cluster:Cluster', 'deletionProtection', undefined, true, EKS),
  cloudTwin('aws:cloudtrail/trail:Trail', 'enableLogging', false, true, { enableLogFileValidation: true }),
  cloudTwin('aws:cloudtrail/trail:Trail', 'enableLogFileValidation', undefined, true),
  cloudTwin('aws:rds/instance:Instance', 'deletionProtection', false, true, { storageEncrypted: true }),
  cloudTwin('aws:dynamodb/table:Table', 'deletionProtectionEnabled', false, true),
  cloudTwin('aws:lb/loadBalancer:LoadBalancer', 'enableDeletionProtection', undefined, true),
  cloudTwin('gcp:container/cluster:Cluster', 'deletionProtection', false, true, GKE),
  cloudTwin('gcp:container/cluster:Cluster', 'loggingService', 'none', 'logging.googleapis.com/kubernetes', GKE),
  cloudTwin('gcp:storage/bucket:Bucket', 'forceDestroy', true, false, { encryption: { defaultKmsKeyName: 'key' } }),
  cloudTwin('azure-native:keyvault:Vault', 'properties.enablePurgeProtection', undefined, true),
  {
    title: 'a cluster of Azure with local accounts',
    resources: [aks, audit],
    resource: 'aks',
    field: 'disableLocalAccounts',
    violating: false,
    mended: true,
    says: 'Local accounts know no second factor',
  },
  {
    title: 'a cluster of Azure without its audit log',
    resources: [aks, audit],
    resource: 'aks-audit',
    field: 'logs[0].enabled',
    violating: false,
    mended: true,
    says: 'azure-native:containerservice:ManagedCluster aks: logs[0].enabled is false',
  },
  {
    title: 'a cluster of Azure with another log in place of the audit log',
    resources: [aks, audit],
    resource: 'aks-audit',
    field: 'logs[0].category',
    violating: 'kube-scheduler',
    mended: 'kube-audit',
    says: 'its audit log is not set',
    hidden: false,
  },
];
